-- Withdraws pairs that are no longer each other's only choice, and those that later records support by
-- other reasons: these are paired anew, so that what a pair rests on does not depend on when it was made.
insert into transfer_withdrawn (transfer, reason)
select t.id,
  case
    when c.debit is null then 'the records no longer show it'
    when c.debit_choices > 1 or c.credit_choices > 1
      then 'another entry could be the other leg as well'
    else 'the records support it by other reasons'
  end
from active_transfer t
left join v_transfer_candidate c on c.debit = t.debit and c.credit = t.credit
where c.debit is null or c.debit_choices > 1 or c.credit_choices > 1 or c.reasons <> t.reasons;
