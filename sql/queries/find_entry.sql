-- An entry by its content key. $1 key
select e.id, e.amount_minor, a.currency, e.booked_on
from entry e
join account a on a.id = e.account
where e.entry_key = $1;
