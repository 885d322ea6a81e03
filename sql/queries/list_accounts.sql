-- Every account, by key and currency; protected ones under their token. $1 accounts
-- or null for all
select a.id, a.account_key, a.currency, a.display, a.institution, a.has_statements
from v_account a
where $1::bigint[] is null or a.id = any($1)
order by a.account_key collate "C", a.currency collate "C";
