-- Withdrawals of imports in the order they were made, also those that were lifted.
select w.file, f.sha256, coalesce(f.exhibit, f.name), w.author, w.reason, w.stored_at::text,
  w.restored_at::text
from v_import_withdrawn w
join v_received_file f on f.id = w.file
order by w.id;
