-- Loads the further places of entries that were known.
copy entry_place (entry, statement, position, locator_ordinal, byte_offset, locator)
from stdin (format binary);
