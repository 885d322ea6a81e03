-- Every standing place of booked entries that share account, day and amount with an entry of another
-- statement, with its file and its place among the file's lines of the day.
with alike as (
  select account, booked_on, amount_minor
  from v_shown_entry
  where kind = 'booked' and amount_minor <> 0
  group by account, booked_on, amount_minor
  having min(statement) <> max(statement)
)
select p.entry, f.sha256,
  row_number() over (partition by f.id order by s.place_in_file, p.position, p.entry)
from alike k
join v_shown_entry e on e.account = k.account and e.booked_on = k.booked_on
  and e.amount_minor = k.amount_minor and e.kind = 'booked'
join v_standing_place p on p.entry = e.id
join statement s on s.id = p.statement
join received_file f on f.id = s.file
order by f.sha256, 3;
