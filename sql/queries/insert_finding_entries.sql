-- The entries of a finding, in the pattern's order. $1 finding, $2 entries
insert into finding_entry (finding, position, entry)
select $1, e.position, e.entry
from unnest($2::bigint[]) with ordinality as e (entry, position)
order by e.position;
