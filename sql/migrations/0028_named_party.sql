-- Whom statements name as holder of an account, and whom entries name as the other side: each name at each
-- account once, with the first place it stands at. A name without an account has none to stand at. What
-- differs is taken before it is masked: a mask a line of ten million would take minutes.
create view v_named_party as
with said as (
  select s.account, t.owner_name as name, true as is_holder, f.id as file, s.locator,
    s.locator_ordinal
  from v_statement s
  join statement t on t.id = s.id
  join received_file f on f.id = s.file
  where t.owner_name is not null
  union all
  select e.counterparty_account, case when r.entry is null then x.counterparty_name
    else r.counterparty_name end, false, s.file, p.locator, p.locator_ordinal
  from v_standing_entry e
  join entry x on x.id = e.id
  left join v_entry_reading r on r.entry = e.id
  join v_standing_place p on p.entry = e.id
  join statement s on s.id = p.statement
), keyed as (
  select distinct on (a.key_sha256, d.name, d.is_holder)
    a.key_sha256, d.name, d.is_holder, d.file, d.locator, d.locator_ordinal
  from said d
  left join account a on a.id = d.account
  join received_file f on f.id = d.file
  where d.name <> ''
  order by a.key_sha256, d.name, d.is_holder, coalesce(f.exhibit, f.name) collate "C",
    d.locator_ordinal, d.locator collate "C", f.sha256
)
select sealed.mask(k.name) as name, k.is_holder, k.file, k.locator, k.locator_ordinal,
  coalesce(
    sealed.account_token(k.key_sha256),
    (select min(a.account_key collate "C") from account a where a.key_sha256 = k.key_sha256)
  ) as account_key
from keyed k;

grant select on v_named_party to moneytrail_app;
