-- Every received file.
select id, sha256, name, byte_count, coalesce(format, 'unread'), exhibit, authority, custodian,
  received_on, coalesce(parser, ''), coalesce(outcome, 'unread')
from v_received_file
order by coalesce(exhibit, name) collate "C", sha256;
