-- Places that name no byte or line of their file, by file. Lines are counted once a file: unmaterialised,
-- the planner would count them anew for every place.
with measured as materialized (
  select id, byte_count, file_line_count(id) as lines from received_file
)
select f.id, count(*)
from v_entry_place p
join statement s on s.id = p.statement
join measured f on f.id = s.file
where p.byte_offset < 0 or p.byte_offset >= f.byte_count
  or (p.locator like 'line %' and (p.locator_ordinal < 1 or p.locator_ordinal > f.lines))
group by f.id
order by f.id;
