-- The pairs that stand, in an order that does not depend on the order of import. $1 accounts of both
-- legs or null for all
select t.id, t.debit, t.credit, t.reasons[1], t.reasons[2], t.reasons[3]
from active_transfer t
join entry d on d.id = t.debit
join entry c on c.id = t.credit
where $1::bigint[] is null or (d.account = any($1) and c.account = any($1))
order by d.booked_on, d.entry_key, c.entry_key;
