-- The store's own sums: entries there and entries that imports say they stored; places there and entries
-- that statements say they have.
select (select count(*) from entry), (select coalesce(sum(stored_count), 0)::bigint from import_batch),
  (select count(*) from v_entry_place),
  (select coalesce(sum(stored_count + known_count), 0)::bigint from import_batch);
