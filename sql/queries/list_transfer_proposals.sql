-- Pairs that could be one movement but are not each other's only choice: for a person to decide.
select c.debit, c.credit, c.days_apart
from v_transfer_candidate c
join entry d on d.id = c.debit
join entry k on k.id = c.credit
where c.debit_choices > 1 or c.credit_choices > 1
order by d.booked_on, d.entry_key, k.entry_key;
