-- Entries that share a key within one import and do not agree: a mistake that must stop it.
select count(*)
from incoming i
join entry e on e.id = i.known
where e.amount_minor <> i.amount_minor or e.booked_on is distinct from i.booked_on;
