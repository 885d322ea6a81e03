-- Received files. $1 accounts or null for all: then files that state none of them, but others, are left
-- out; $2 true for withdrawn ones as well
select id, sha256, name, byte_count, coalesce(format, 'unread'), exhibit, authority, custodian,
  received_on, coalesce(parser, ''), coalesce(outcome, 'unread')
from v_received_file f
where ($1::bigint[] is null
    or exists (select from statement s where s.file = f.id and s.account = any($1))
    or not exists (select from statement s where s.file = f.id))
  and ($2::boolean or f.id not in (select file from withdrawn_file))
order by coalesce(exhibit, name) collate "C", sha256;
