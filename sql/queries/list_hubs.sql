-- Those of some accounts that have more entries than a limit. $1 accounts, $2 limit
select wanted.account
from unnest($1::bigint[]) as wanted (account)
cross join lateral (
  select count(*) as entries
  from (
    select from v_standing_entry e where e.account = wanted.account limit $2::bigint + 1) e) n
where n.entries > $2::bigint
order by wanted.account;
