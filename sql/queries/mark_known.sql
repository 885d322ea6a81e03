-- Finds the incoming entries that are already there.
update incoming i
set known = e.id
from entry e
where e.account = i.account and e.entry_key = i.entry_key and i.known is null;
