-- Withdraws pairs that are no longer each other's only choice, but for those that a link holds by more than
-- accounts and amounts.
insert into transfer_withdrawn (transfer, reason)
select t.id, 'another entry could be the other leg as well'
from active_transfer t
where not exists (
  select from v_transfer_candidate c
  where c.debit = t.debit and c.credit = t.credit and c.debit_choices = 1 and c.credit_choices = 1)
  and not exists (
    select from v_linked_transfer v where v.debit = t.debit and v.credit = t.credit);
