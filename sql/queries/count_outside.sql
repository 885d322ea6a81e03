-- What a case leaves out: accounts with statements, and their entries. $1 accounts of the case
select count(distinct account), coalesce(sum(entry_count), 0)::bigint
from v_statement
where account <> all($1);
