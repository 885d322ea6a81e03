-- The payment records of one batch before they are merged. Gone at the end of the transaction.
create temporary table if not exists incoming_payment (
  number int not null,
  record_key bytea not null,
  content jsonb not null,
  executed_on date,
  value_on date,
  locator_ordinal bigint not null,
  locator text not null,
  byte_offset bigint
) on commit drop;
