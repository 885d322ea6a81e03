-- Accounts by their keys as they are shown, in every currency. $1 keys
select id
from v_account
where account_key = any($1)
order by id;
