-- A received file by its hash, and whether it was imported. $1 SHA-256
select f.id,
  exists (select from import_batch b where b.file = f.id and b.outcome = 'imported') as is_imported
from received_file f
where f.sha256 = $1;
