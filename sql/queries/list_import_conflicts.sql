-- Lines of an import that contradict one of another place, with that place. $1 the most lines
with met as (
  select i.locator, i.locator_ordinal, i.amount_minor, i.booked_on, c.reason,
    case when c.first_entry = coalesce(i.known, i.id) then c.second_entry else c.first_entry end as other
  from incoming i
  cross join lateral (
    select x.first_entry, x.second_entry, x.reason from entry_conflict x
    where x.first_entry = coalesce(i.known, i.id)
    union
    select x.first_entry, x.second_entry, x.reason from entry_conflict x
    where x.second_entry = coalesce(i.known, i.id)) c
)
select m.locator, m.locator_ordinal, m.amount_minor, m.booked_on, m.reason, e.amount_minor, e.booked_on,
  a.currency, coalesce(f.exhibit, f.name), e.locator
from met m
join v_standing_entry w on w.id = m.other
join entry e on e.id = m.other
join account a on a.id = e.account
join statement s on s.id = e.statement
join v_received_file f on f.id = s.file
order by m.locator_ordinal, m.locator, f.sha256, e.locator_ordinal
limit $1::bigint;
