-- Accounts with entries that more than one statement shows.
select distinct e.account
from entry_place p
join entry e on e.id = p.entry
where p.statement <> e.statement and e.kind = 'booked'
order by e.account;
