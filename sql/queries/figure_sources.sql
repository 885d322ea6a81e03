-- The sources of a figure, to the very line. $1 figure
select f.id, f.sha256, s.label, s.locator, s.locator_ordinal, s.entry,
  (select min(p.byte_offset) from v_entry_place p
    join statement st on st.id = p.statement
    where p.entry = s.entry and st.file = f.id and p.locator = s.locator)
from figure_source s
join v_received_file f on f.id = s.file
where s.figure = $1
order by s.number;
