-- Keeps the records that could not be used, whole.
copy quarantined_record (file, number, code, reason, locator, locator_ordinal, raw)
from stdin (format binary);
