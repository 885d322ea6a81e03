-- How many booked entries count. $1 accounts or null for all, $2 first day or null, $3 last day or null
select count(*)
from v_standing_entry
where kind = 'booked'
  and ($1::bigint[] is null or account = any($1))
  and ($2::date is null or booked_on >= $2)
  and ($3::date is null or booked_on <= $3);
