-- A figure by its code. $1 code
select document, amount_minor, currency, exponent, label, derivation
from figure
where code = $1;
