-- One program at a time changes the schema. Held until the session ends or unlocks.
select pg_advisory_lock(7209061001);
