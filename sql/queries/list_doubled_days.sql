-- Days of accounts with booked lines of one amount that no single file shows all of: how many more there are
-- than the file that shows most of them has. Left out is what people refused to call repetitions, as soon as
-- no pair is open.
with alike as (
  select account, booked_on, amount_minor, count(*) as lines, array_agg(id) as entries
  from v_standing_entry
  where kind = 'booked' and amount_minor <> 0
  group by account, booked_on, amount_minor
  having min(statement) <> max(statement)
), shown as (
  select k.account, k.booked_on, k.amount_minor, s.file, count(distinct p.entry) as of_file
  from alike k
  cross join lateral unnest(k.entries) as x (entry)
  join v_standing_place p on p.entry = x.entry
  join statement s on s.id = p.statement
  group by k.account, k.booked_on, k.amount_minor, s.file
), most as (
  select account, booked_on, amount_minor, max(of_file) as lines
  from shown
  group by account, booked_on, amount_minor
), judged as (
  select k.account, k.booked_on, k.lines - m.lines as doubled, w.refused, w.open
  from alike k
  join most m on m.account = k.account and m.booked_on = k.booked_on
    and m.amount_minor = k.amount_minor
  cross join lateral (
    select count(distinct l.id) filter (where l.status = 'refused') as refused,
      count(distinct l.id) filter (where l.status = 'proposal') as open
    from link_member e
    join active_link l on l.id = e.link
    where e.entry = any(k.entries) and l.kind = 'duplicate') w
  where k.lines > m.lines
)
select account, booked_on, sum(doubled)::bigint
from judged
where refused < doubled or open > 0
group by account, booked_on
order by account, booked_on;
