-- Loads the payment records of one batch.
copy incoming_payment (
  number, record_key, content, executed_on, value_on, locator_ordinal, locator, byte_offset)
from stdin (format binary);
