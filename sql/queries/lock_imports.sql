-- One import at a time writes, so that two files that overlap never meet half way. Until the end of the
-- transaction.
select pg_advisory_xact_lock(7209061002);
