-- Loads the entries of one import for a merge, in file order.
copy incoming (
  id, entry_key, account, counterparty_account, amount_minor, booked_on, value_on, time_of_day,
  statement, position, locator_ordinal, byte_offset, channel, kind, is_reversal, locator,
  servicer_reference, counterparty_name, counterparty_text, counterparty_agent, purpose, refs,
  original_minor, original_currency, exchange_rate, balance_after_minor)
from stdin (format binary);
