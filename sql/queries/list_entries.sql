-- Booked entries of all accounts in evidence order with masked texts. $1 first day or null, $2 last day or
-- null
select e.id, e.entry_key, e.account, e.amount_minor, a.currency, e.booked_on, e.value_on,
  e.time_of_day, o.sequence, e.channel, e.is_reversal, e.counterparty_account, t.counterparty_name,
  t.purpose, o.statement, s.file, o.locator, o.locator_ordinal
from v_entry_order o
join v_standing_entry e on e.id = o.entry
join v_account a on a.id = e.account
join statement s on s.id = o.statement
left join v_entry_text t on t.entry = e.id
where ($1::date is null or e.booked_on >= $1)
  and ($2::date is null or e.booked_on <= $2)
order by a.account_key collate "C", a.currency collate "C", o.sequence, e.entry_key;
