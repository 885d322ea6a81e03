-- How many booked entries of each account count. An account without any is not there.
select account, count(*)
from v_standing_entry
where kind = 'booked'
group by account
order by account;
