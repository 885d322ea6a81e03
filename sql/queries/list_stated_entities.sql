-- Stated entities by key, a page of them, with every standing place. $1 schemas, $2 space, $3 id, $4 key
-- the page comes after, $5 rows
select e.id, e.entity_key, e.schema, e.space, e.entity_id, e.properties, e.valid_from, e.valid_until,
  e.stated_on, p.places
from v_stated_entity e
cross join lateral (
  select jsonb_agg(jsonb_build_object(
      'file', encode(f.sha256, 'hex'), 'label', coalesce(f.exhibit, f.name),
      'locator', jsonb_build_object('text', p.locator, 'ordinal', p.locator_ordinal))
    order by coalesce(f.exhibit, f.name) collate "C", p.locator_ordinal, p.locator collate "C",
      f.sha256) as places
  from v_entity_place p
  join v_received_file f on f.id = p.file
  where p.entity = e.id) p
where ($1::text[] is null or e.schema = any($1))
  and ($2::text is null or e.space = $2)
  and ($3::text is null or e.entity_id = $3)
  and ($4::bytea is null or e.entity_key > $4)
order by e.entity_key
limit $5;
