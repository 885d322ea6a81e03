-- Every account that a standing file states or names, by key and currency; protected ones under their
-- token. $1 accounts or null for all
select a.id, a.account_key, a.currency, a.display, a.institution, a.has_statements
from v_account a
where ($1::bigint[] is null or a.id = any($1))
  and ((select not exists (select from withdrawn_file))
    or a.has_statements
    or a.id in (select account from v_standing_entry)
    or a.id in (
      select counterparty_account from v_standing_entry where counterparty_account is not null))
order by a.account_key collate "C", a.currency collate "C";
