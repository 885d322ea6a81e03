-- The names of the server's databases, by name.
select datname
from pg_database
order by datname;
