-- Payment records by key, a page of them, with every standing place. $1 kinds, $2 record types, $3
-- currency, $4 least and $5 greatest amount in minor units, $6 first and $7 last day of execution or value,
-- $8 name of a reference (null for any name), $9 its value, $10 account key, $11 key the page comes after,
-- $12 rows
select r.id, r.record_key, r.content, r.protected_accounts, p.places, p.first_offset
from v_payment_record r
cross join lateral (
  select
    jsonb_agg(jsonb_build_object(
      'file', encode(f.sha256, 'hex'), 'label', coalesce(f.exhibit, f.name),
      'locator', jsonb_build_object('text', p.locator, 'ordinal', p.locator_ordinal))
      order by coalesce(f.exhibit, f.name) collate "C", p.locator_ordinal, p.locator collate "C",
        f.sha256) as places,
    (array_agg(p.byte_offset
      order by coalesce(f.exhibit, f.name) collate "C", p.locator_ordinal, p.locator collate "C",
        f.sha256))[1] as first_offset
  from v_payment_place p
  join v_received_file f on f.id = p.file
  where p.record = r.id) p
where ($1::text[] is null or r.kind = any($1))
  and ($2::text[] is null or r.record_type = any($2))
  and ($3::text is null or exists (
    select from payment_amount a
    where a.record = r.id and a.currency = $3 and a.amount_minor between $4 and $5))
  and ($6::date is null or coalesce(r.executed_on, r.value_on) >= $6)
  and ($7::date is null or coalesce(r.executed_on, r.value_on) <= $7)
  and ($9::text is null or exists (
    select from payment_reference f
    where f.record = r.id and f.value_sha256 = sha256(convert_to($9, 'UTF8'))
      and ($8::text is null or f.name = $8)))
  and ($10::text is null or exists (
    select from payment_account k
    where k.record = r.id and (k.key_sha256 = sha256(convert_to($10, 'UTF8'))
      or ($10 ~ '^(protected|sealed):' and sealed.account_token(k.key_sha256) = $10))))
  and ($11::bytea is null or r.record_key > $11)
order by r.record_key
limit $12;
