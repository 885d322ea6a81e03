-- Finds the entries that stand twice in the same import: the first was added, the others are known.
update incoming i
set known = e.id
from entry e
where e.account = i.account and e.entry_key = i.entry_key and e.id <> i.id and i.known is null;
