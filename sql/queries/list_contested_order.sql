-- The place of each entry of some accounts where statements contest a day. $1 accounts
select entry, sequence
from v_entry_order
where account = any($1)
order by account, sequence;
