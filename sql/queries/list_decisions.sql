-- The latest decision about each subject that begins with $1, by subject: subject, verdict, reason, author, time.
select distinct on (subject collate "C") subject, verdict, reason, author,
  to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
from decision
where starts_with(subject, $1)
order by subject collate "C", id desc;
