-- Account numbers by key hash and currency. $1 key hashes, $2 currencies
select a.id, a.key_sha256, a.currency
from unnest($1::bytea[], $2::text[]) as wanted (key_sha256, currency)
join account a on a.key_sha256 = wanted.key_sha256 and a.currency = wanted.currency
order by a.id;
