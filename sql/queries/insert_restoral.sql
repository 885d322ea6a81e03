-- Restores a withdrawn import. $1 file
insert into import_restored (withdrawal)
select w.id
from import_withdrawn w
where w.file = $1
  and not exists (select from import_restored r where r.withdrawal = w.id)
order by w.id;
