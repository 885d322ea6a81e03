-- Pairs the entries that are each other's only choice, but for pairs that the links took apart.
insert into transfer (debit, credit, reasons)
select c.debit, c.credit,
  array[
    'same amount and currency, opposite sign',
    case
      when c.debit_names and c.credit_names then 'each names the account of the other'
      when c.debit_names then 'the debit names the account of the credit'
      else 'the credit names the account of the debit'
    end,
    case c.days_apart
      when 0 then 'booked on the same day'
      when 1 then 'booked 1 day apart'
      else 'booked ' || c.days_apart || ' days apart'
    end]
from v_transfer_candidate c
where c.debit_choices = 1 and c.credit_choices = 1
  and not exists (select from active_transfer t where t.debit = c.debit and t.credit = c.credit)
  and not exists (
    select from transfer t
    join transfer_withdrawn w on w.transfer = t.id
    where t.debit = c.debit and t.credit = c.credit and w.reason like 'links:%')
order by c.debit, c.credit;
