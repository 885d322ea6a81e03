-- The greatest number of an entry; an import counts on from it under the import lock.
select coalesce(max(id), 0) from entry;
