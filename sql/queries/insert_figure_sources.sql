-- The sources of a figure. $1 figure, $2 hashes of files, $3 labels, $4 locators, $5 ordinals,
-- $6 entries, 0 for none
insert into figure_source (figure, number, file, label, locator, locator_ordinal, entry)
select $1, s.number, f.id, s.label, s.locator, s.ordinal, nullif(s.entry, 0)
from unnest($2::bytea[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
  with ordinality as s (sha256, label, locator, ordinal, entry, number)
join received_file f on f.sha256 = s.sha256
order by s.number;
