-- The two legs of every pair that stands and came after a known one. $1 the greatest known pair
select debit, credit
from active_transfer
where id > $1
order by id;
