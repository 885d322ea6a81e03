-- Accounts that booked entries of some accounts name. $1 accounts
select distinct counterparty_account
from v_standing_entry
where account = any($1) and counterparty_account is not null and kind = 'booked'
order by counterparty_account;
