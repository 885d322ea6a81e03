-- The content keys of entries. $1 entries
select id, entry_key
from entry
where id = any($1)
order by id;
