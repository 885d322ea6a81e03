-- The next numbers of statements. $1 how many
select nextval(pg_get_serial_sequence('statement', 'id')) from generate_series(1, $1::bigint);
