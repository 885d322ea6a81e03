-- Adds links. $1 identities, $2 their hashes, $3 kinds, $4 statuses, $5 evidence, $6 contents (JSON), $7 hashes
-- of the contents
insert into link (identity, sha256, kind, status, evidence, content, content_sha256)
select l.identity, l.sha256, l.kind, l.status, l.evidence, l.content::jsonb, l.content_sha256
from unnest($1::text[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
  with ordinality as l (identity, sha256, kind, status, evidence, content, content_sha256, number)
order by l.number;
