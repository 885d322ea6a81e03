-- Records pairs from two files where the bank's own reference is the same, once in each file, and amount
-- or day are not. A reference that a file uses more than once proves nothing (formats.md §3.6).
insert into entry_conflict (first_entry, second_entry, reason)
select least(o.id, n.id), greatest(o.id, n.id), 'same servicer reference, other amount or day'
from incoming n
join entry o on o.account = n.account and o.servicer_reference = n.servicer_reference
join statement of_o on of_o.id = o.statement
join statement of_n on of_n.id = n.statement
where n.known is null and n.servicer_reference is not null
  and n.kind = 'booked' and o.kind = 'booked' and of_o.file <> of_n.file
  and (o.amount_minor <> n.amount_minor or o.booked_on <> n.booked_on)
  and not exists (
    select from incoming twin
    where twin.account = n.account and twin.servicer_reference = n.servicer_reference
      and twin.id <> n.id)
  and not exists (
    select from entry twin
    join statement of_twin on of_twin.id = twin.statement
    where twin.account = o.account and twin.servicer_reference = o.servicer_reference
      and twin.id <> o.id and of_twin.file = of_o.file)
on conflict on constraint entry_conflict_key do nothing;
