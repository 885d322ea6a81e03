-- Whether any of some accounts has an entry. $1 accounts
select exists (
  select from unnest($1::bigint[]) as wanted (account)
  where exists (select from entry e where e.account = wanted.account));
