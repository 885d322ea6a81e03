-- How many of their letter groups two names must share to be found, from 0 to 1. $1 as text
select set_config('pg_trgm.similarity_threshold', $1, true);
