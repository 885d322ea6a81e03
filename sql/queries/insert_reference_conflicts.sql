-- Records pairs from two files where the bank's own reference is the same, once in each file, and amount
-- or day are not. A reference that a file uses more than once proves nothing (formats.md §3.6). Every
-- place counts, also that of an entry that was known: so the pairs do not depend on the order of files.
with own as (
  select i.account, i.servicer_reference, min(coalesce(i.known, i.id)) as entry
  from incoming i
  where i.servicer_reference is not null and i.kind = 'booked'
  group by i.account, i.servicer_reference
  having count(*) = 1
), other as (
  select n.entry, s.file, min(o.id) as other
  from own n
  join entry o on o.account = n.account and o.servicer_reference = n.servicer_reference
  join v_entry_place p on p.entry = o.id
  join statement s on s.id = p.statement
  where o.kind = 'booked'
    and s.file <> (select f.file from incoming j join statement f on f.id = j.statement limit 1)
  group by n.entry, s.file
  having count(*) = 1
)
insert into entry_conflict (first_entry, second_entry, reason)
select distinct least(a.id, b.id), greatest(a.id, b.id),
  'same servicer reference, other amount or day'
from other c
join entry a on a.id = c.entry
join entry b on b.id = c.other
where a.amount_minor <> b.amount_minor or a.booked_on <> b.booked_on
on conflict on constraint entry_conflict_key do nothing;
