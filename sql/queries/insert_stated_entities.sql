-- Adds the stated entities that are new, each once.
insert into stated_entity (
  entity_key, schema, space, entity_id, properties, valid_from, valid_until, stated_on)
select distinct on (entity_key)
  entity_key, schema, space, entity_id, properties, valid_from, valid_until, stated_on
from incoming_entity
order by entity_key, number
on conflict on constraint stated_entity_is_unique do nothing;
