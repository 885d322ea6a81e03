-- Received files that a text names: the beginning of the hash, the exhibit mark or the name, of the file
-- or of a copy of it. $1 text
select f.id, f.sha256, coalesce(f.exhibit, f.name), f.format, f.outcome,
  exists (select from withdrawn_file w where w.file = f.id)
from v_received_file f
where f.exhibit = $1 or f.name = $1
  or (length($1) >= 8 and starts_with(encode(f.sha256, 'hex'), lower($1)))
  or exists (
    select from v_received_copy c where c.file = f.id and (c.exhibit = $1 or c.name = $1))
order by coalesce(f.exhibit, f.name) collate "C", f.sha256;
