-- Adds the entries that are new, in file order.
insert into entry (
  id, entry_key, account, counterparty_account, amount_minor, booked_on, value_on, time_of_day,
  statement, position, locator_ordinal, byte_offset, channel, kind, is_reversal, locator,
  servicer_reference)
select id, entry_key, account, counterparty_account, amount_minor, booked_on, value_on, time_of_day,
  statement, position, locator_ordinal, byte_offset, channel, kind, is_reversal, locator,
  servicer_reference
from incoming
where known is null
on conflict on constraint entry_is_unique do nothing;
