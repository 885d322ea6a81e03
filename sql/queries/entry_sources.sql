-- Every standing place some entries were read at, to the very line. $1 entries
select f.id, f.sha256, coalesce(f.exhibit, f.name), p.locator, p.locator_ordinal, p.entry,
  p.byte_offset
from unnest($1::bigint[]) with ordinality as wanted (entry, position)
join v_standing_place p on p.entry = wanted.entry
join statement s on s.id = p.statement
join v_received_file f on f.id = s.file
order by wanted.position, coalesce(f.exhibit, f.name) collate "C", p.locator_ordinal, f.sha256;
