-- A standing entry by its content key, asked for account by account, as the index is. $1 key
select e.id, e.amount_minor, a.currency, e.booked_on
from account a
cross join lateral (
  select id, amount_minor, booked_on from v_standing_entry
  where v_standing_entry.account = a.id and v_standing_entry.entry_key = $1
  limit 1) e
limit 1;
