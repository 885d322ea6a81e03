-- Accounts that anything recorded since a version speaks of: movements, statements, pairs. $1 greatest entry,
-- $2 imports, $3 greatest pair
with later as (
  select file
  from (select file, row_number() over (order by id) as place from import_batch) b
  where place > $2::bigint
), paired as (
  select debit as entry from transfer where id > $3 union all select credit from transfer where id > $3
), moved as (
  select account, counterparty_account
  from v_standing_entry
  where id > $1 or id in (select entry from paired)
)
select account from moved
union select counterparty_account from moved where counterparty_account is not null
union select s.account from v_statement s where s.file in (select file from later)
order by 1;
