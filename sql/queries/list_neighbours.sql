-- Accounts with statements that booked entries of some accounts name, or whose own entries name one of
-- them; the legs of a paired transfer are among these, as one always names the other. One scan of the
-- entries, whatever the number of accounts. $1 accounts
with named as (
  select distinct case when e.account = any($1) then e.counterparty_account else e.account end as id
  from v_standing_entry e
  where e.kind = 'booked' and e.counterparty_account is not null
    and (e.account = any($1) or e.counterparty_account = any($1))
  union
  select e.account
  from v_standing_entry e
  where e.kind = 'booked' and e.account = any($1) and e.counterparty_account = any($1)
)
select n.id
from named n
where n.id <> all($1) and exists (select from v_statement s where s.account = n.id)
order by n.id;
