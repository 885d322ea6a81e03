-- How a file that was imported was read: format and parser. $1 SHA-256
select b.format, b.parser
from received_file f
join import_batch b on b.file = f.id
where f.sha256 = $1 and b.outcome = 'imported'
order by b.id
limit 1;
