-- A finding by its code. $1 code
select document
from finding
where code = $1;
