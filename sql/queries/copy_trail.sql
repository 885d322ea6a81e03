-- One edge a paired transfer, one edge an unpaired booked entry, in the order of time; a side that
-- records do not identify is -1. Same-moment edges follow the account's own order, then the content key.
copy (
  select
    case when e.amount_minor < 0 then e.account else coalesce(e.counterparty_account, -1) end,
    case when e.amount_minor < 0 then coalesce(p.account, e.counterparty_account, -1) else e.account end,
    (e.booked_on - date '1970-01-01')::bigint * 86400 + coalesce(e.time_of_day, 0),
    abs(e.amount_minor), c.number, e.channel, e.id, coalesce(t.credit, -1), o.sequence
  from entry e
  join v_entry_order o on o.entry = e.id
  join account a on a.id = e.account
  join currency c on c.code = a.currency
  left join active_transfer t on t.debit = e.id
  left join entry p on p.id = t.credit
  where e.kind = 'booked'
    and not exists (select from active_transfer leg where leg.credit = e.id)
  order by 3, o.sequence, e.entry_key
) to stdout (format binary);
