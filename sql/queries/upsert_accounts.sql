-- Makes accounts known. $1 key hashes, $2 currencies, $3 keys, $4 numbers as stated
insert into account (key_sha256, currency, account_key, account_text)
select a.key_sha256, a.currency, a.account_key, a.account_text
from unnest($1::bytea[], $2::text[], $3::text[], $4::text[])
  as a (key_sha256, currency, account_key, account_text)
where not exists (
  select from account k where k.key_sha256 = a.key_sha256 and k.currency = a.currency)
order by a.account_key collate "C", a.currency collate "C"
on conflict on constraint account_is_unique_per_currency do nothing;
