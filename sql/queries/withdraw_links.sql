-- Withdraws links that no longer hold as they stand. $1 links, $2 reason
insert into link_withdrawn (link, reason)
select w.link, $2
from unnest($1::bigint[]) as w (link)
order by w.link;
