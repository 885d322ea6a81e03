-- The store's own sums, withdrawn imports with the others: entries, payment records and entities there and
-- what imports say they stored; their places there and what imports say they stored or knew.
select (select count(*) from entry),
  (select count(*) from payment_record) + (select count(*) from stated_entity),
  (select coalesce(sum(stored_count), 0)::bigint from import_batch),
  (select count(*) from v_entry_place),
  (select count(*) from payment_place) + (select count(*) from entity_place),
  (select coalesce(sum(stored_count + known_count), 0)::bigint from import_batch);
