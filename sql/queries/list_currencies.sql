-- Every known currency by its number.
select number, code, exponent
from currency
order by number;
