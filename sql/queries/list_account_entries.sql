-- Booked entries of some accounts in evidence order with masked texts, each account asked for by itself, so
-- that the others are not read. $1 accounts, $2 first day or null, $3 last day or null, $4 the most entries
-- or null for all
select e.id, e.entry_key, e.account, e.amount_minor, a.currency, e.booked_on,
  case when r.entry is null then e.value_on else r.value_on end as value_on,
  case when r.entry is null then e.time_of_day else r.time_of_day end as time_of_day,
  o.sequence,
  case when r.entry is null then e.channel else r.channel end as channel,
  case when r.entry is null then e.is_reversal else r.is_reversal end as is_reversal,
  case when r.entry is null then e.counterparty_account else r.counterparty_account end
    as counterparty_account,
  t.counterparty_name, t.purpose, o.statement, s.file, o.locator, o.locator_ordinal
from unnest($1::bigint[]) as wanted (account)
cross join lateral (
  select v.entry, v.sequence, v.statement, v.locator, v.locator_ordinal
  from v_entry_order v
  where v.account = wanted.account
    and ($2::date is null or v.booked_on >= $2)
    and ($3::date is null or v.booked_on <= $3)
  order by v.sequence
  limit $4::bigint) o
cross join lateral (
  select x.id, x.entry_key, x.account, x.amount_minor, x.booked_on, x.value_on, x.time_of_day, x.channel,
    x.is_reversal, x.counterparty_account
  from entry x
  where x.id = o.entry
  offset 0) e
join v_account a on a.id = wanted.account
join statement s on s.id = o.statement
left join lateral (
  select v.counterparty_name, v.purpose from v_entry_text v where v.entry = e.id offset 0) t on true
left join lateral (
  select v.entry, v.value_on, v.time_of_day, v.channel, v.is_reversal, v.counterparty_account
  from v_entry_reading v where v.entry = e.id offset 0) r on true
order by a.account_key collate "C", a.currency collate "C", o.sequence, e.entry_key
limit $4::bigint;
