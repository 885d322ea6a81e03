-- Whether an entry after a known one falls on a day of an account that earlier entries show as well: then
-- the order of that day is decided anew. $1 the greatest known entry
select exists (
  select from entry n
  join entry o on o.account = n.account and o.booked_on = n.booked_on
  where n.id > $1 and n.kind = 'booked' and o.id <= $1 and o.kind = 'booked');
