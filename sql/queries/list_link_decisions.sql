-- What people decided about links, in the order they did. $1 hash of a link, null for all
select sha256, identity, verdict, author, reason, decided_at::text
from v_link_decision
where $1::bytea is null or sha256 = $1
order by id;
