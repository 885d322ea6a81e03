-- The last sheet of a matter. $1 code
select document
from v_matter
where code = $1
order by id desc
limit 1;
