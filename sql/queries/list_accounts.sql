-- Every account, by key and currency; protected ones under their token.
select a.id, a.account_key, a.currency, a.display, a.institution, a.has_statements
from v_account a
order by a.account_key collate "C", a.currency collate "C";
