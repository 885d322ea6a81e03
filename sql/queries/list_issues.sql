-- The issues of a file, in the order they were met. $1 file
select i.severity, i.code, coalesce(f.exhibit, f.name), i.locator, i.locator_ordinal, i.found, i.expected,
  i.excerpt
from v_import_issue i
join v_received_file f on f.id = i.file
where i.file = $1
order by i.number;
