-- Withdraws transfers that the links do not hold: stronger evidence joins a leg elsewhere or leaves it open, or
-- a person refused the pair.
insert into transfer_withdrawn (transfer, reason)
select t.id, 'links: stronger evidence or a person says otherwise'
from active_transfer t
where not exists (
  select from v_linked_transfer v where v.debit = t.debit and v.credit = t.credit);
