-- Conflicts that the entries of one import are part of.
select count(*)
from entry_conflict c
where c.second_entry in (select id from incoming where known is null)
  or c.first_entry in (select id from incoming where known is null);
