-- Accounts that a register, a report or a production set states and of which no statement was received:
-- key, how many records state it, and the first places.
select k.account_key, count(distinct k.entity),
  jsonb_agg(distinct jsonb_build_object(
    'file', encode(f.sha256, 'hex'), 'label', coalesce(f.exhibit, f.name),
    'locator', jsonb_build_object('text', p.locator, 'ordinal', p.locator_ordinal)))
from v_stated_account k
join v_entity_place p on p.entity = k.entity
join v_received_file f on f.id = p.file
where not exists (
  select from account a
  join v_statement s on s.account = a.id
  where a.key_sha256 = k.key_sha256)
group by k.key_sha256, k.account_key
order by k.account_key collate "C";
