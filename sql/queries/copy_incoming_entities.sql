-- Loads the stated entities of one batch.
copy incoming_entity (
  number, entity_key, schema, space, entity_id, properties, valid_from, valid_until, stated_on,
  locator_ordinal, locator)
from stdin (format binary);
