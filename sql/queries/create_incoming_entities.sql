-- The stated entities of one batch before they are merged. Gone at the end of the transaction.
create temporary table if not exists incoming_entity (
  number int not null,
  entity_key bytea not null,
  schema text not null,
  space text not null,
  entity_id text not null,
  properties jsonb not null,
  valid_from date,
  valid_until date,
  stated_on date,
  locator_ordinal bigint not null,
  locator text not null
) on commit drop;
