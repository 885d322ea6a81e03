-- The name keys that are compared by their letters. Gone at the end of the transaction: made of masked
-- names each time, because a name that is sealed later must not stay behind in an index.
create temporary table party_name (
  place int not null,
  name_key text not null
) on commit drop;
