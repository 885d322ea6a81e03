-- Keeps the further places of entries that were known.
insert into entry_place (entry, statement, position, locator_ordinal, byte_offset, locator)
select known, statement, position, locator_ordinal, byte_offset, locator
from incoming
where known is not null
on conflict on constraint entry_place_key do nothing;
