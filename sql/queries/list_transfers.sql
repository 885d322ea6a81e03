-- The pairs that stand, in an order that does not depend on the order of import.
select t.id, t.debit, t.credit, t.reasons[1], t.reasons[2], t.reasons[3]
from active_transfer t
join entry d on d.id = t.debit
join entry c on c.id = t.credit
order by d.booked_on, d.entry_key, c.entry_key;
