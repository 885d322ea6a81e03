-- The entries of findings, in the patterns' order. $1 findings, $2 positions from 1, $3 entries
insert into finding_entry (finding, position, entry)
select e.finding, e.position, e.entry
from unnest($1::text[], $2::int[], $3::bigint[])
  with ordinality as e (finding, position, entry, number)
order by e.number;
