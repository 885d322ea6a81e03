-- Keeps the statements of one import, under numbers that were taken for them.
copy statement (
  id, file, account, place_in_file, owner_name, reference, number, opening_minor, opening_on,
  opening_is_interim, closing_minor, closing_on, closing_is_interim, first_on, last_on, entry_count,
  status, difference_minor, locator, locator_ordinal, account_text, institution)
from stdin (format binary);
