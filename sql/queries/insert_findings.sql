-- Keeps findings, and says which are new. $1 codes, $2 matter, $3 detectors, $4 versions, $5 documents (JSON)
insert into finding (code, matter, detector, version, document)
select f.code, $2, f.detector, f.version, f.document::jsonb
from unnest($1::text[], $3::text[], $4::int[], $5::text[])
  with ordinality as f (code, detector, version, document, number)
order by f.number
on conflict on constraint finding_key do nothing
returning code;
