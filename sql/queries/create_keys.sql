-- The keys of one import, to find those that are there. Gone at the end of the transaction.
create temporary table incoming_key (
  number int not null,
  account bigint not null,
  entry_key uuid not null
) on commit drop;
