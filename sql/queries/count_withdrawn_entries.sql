-- What the entries of a withdrawn file have become, account by account: those that no longer count and
-- those that another file still shows; of all kinds. $1 file
with shown as (
  select distinct p.entry
  from statement s
  join v_entry_place p on p.statement = s.id
  where s.file = $1
), judged as (
  select e.account, e.booked_on, exists (
      select from v_shown_entry t where t.id = e.id) as stands
  from shown
  join entry e on e.id = shown.entry
)
select a.account_key, a.currency, a.display, a.has_statements,
  count(*) filter (where not stands), count(*) filter (where stands),
  min(booked_on) filter (where not stands), max(booked_on) filter (where not stands)
from judged j
join v_account a on a.id = j.account
group by a.id, a.account_key, a.currency, a.display, a.has_statements
order by a.account_key collate "C", a.currency collate "C";
