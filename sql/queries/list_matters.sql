-- The codes of all matters.
select distinct code collate "C" as code
from v_matter
order by 1;
