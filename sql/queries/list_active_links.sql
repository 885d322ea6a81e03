-- The links that stand, with the hash of what they say. Ordered by key: nothing of it is shown.
select id, sha256, content_sha256
from active_link
order by sha256, id;
