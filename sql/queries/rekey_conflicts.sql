-- An incoming entry with a known key but another amount or day is no repetition: it is kept beside the
-- first under a key of its own, and the pair is recorded.
update incoming i
set conflicts_with = i.known, known = null,
  entry_key = md5(i.entry_key::text || ' ' || i.amount_minor || ' ' || coalesce(i.booked_on::text, ''))::uuid
from entry e
where e.id = i.known
  and (e.amount_minor <> i.amount_minor or e.booked_on is distinct from i.booked_on);
