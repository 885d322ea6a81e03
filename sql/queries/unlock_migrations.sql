-- Lets the next program change the schema.
select pg_advisory_unlock(7209061001);
