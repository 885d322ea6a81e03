-- Pairs the entries that are each other's only choice.
insert into transfer (debit, credit, reasons)
select c.debit, c.credit, c.reasons
from v_transfer_candidate c
where c.debit_choices = 1 and c.credit_choices = 1
  and not exists (select from active_transfer t where t.debit = c.debit and t.credit = c.credit)
order by c.debit, c.credit;
