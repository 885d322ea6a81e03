-- Days of an import's new lines that a standing statement of another file tells of as well, by statement
-- and other file: how many days, from and to, the import's lines there, the new ones among them, and the lines
-- that only the other file shows. $1 file, $2 the greatest entry before the import
with fresh as (
  select e.account, e.booked_on, min(e.statement) as statement, count(*) as lines
  from entry e
  where e.id > $2 and e.kind = 'booked'
  group by e.account, e.booked_on
), shared as (
  select distinct n.account, n.booked_on, n.statement, n.lines, s.file
  from fresh n
  join v_statement s on s.account = n.account and s.first_on <= n.booked_on and s.last_on >= n.booked_on
  where s.file <> $1
), counted as (
  select h.account, h.booked_on, h.statement, h.lines, h.file, t.theirs, t.common
  from shared h
  cross join lateral (
    select count(*) filter (where y.is_theirs and not y.is_ours) as theirs,
      count(*) filter (where y.is_theirs and y.is_ours) as common
    from (
      select
        exists (
          select from v_entry_place p join statement s on s.id = p.statement
          where p.entry = e.id and s.file = h.file) as is_theirs,
        exists (
          select from v_entry_place p join statement s on s.id = p.statement
          where p.entry = e.id and s.file = $1) as is_ours
      from entry e
      where e.account = h.account and e.booked_on = h.booked_on and e.kind = 'booked') y) t
)
select s.place_in_file, coalesce(f.exhibit, f.name), count(*), min(c.booked_on), max(c.booked_on),
  sum(c.lines)::bigint, sum(c.theirs)::bigint, sum(c.common)::bigint
from counted c
join statement s on s.id = c.statement
join v_received_file f on f.id = c.file
group by s.place_in_file, f.id, f.sha256, f.exhibit, f.name
order by s.place_in_file, f.sha256;
