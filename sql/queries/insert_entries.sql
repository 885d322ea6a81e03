-- Adds the entries that are new, in file order.
insert into entry (
  id, entry_key, account, counterparty_account, amount_minor, booked_on, value_on, time_of_day,
  statement, position, locator_ordinal, byte_offset, channel, kind, is_reversal, locator,
  servicer_reference, counterparty_name, counterparty_text, counterparty_agent, purpose, refs,
  original_minor, original_currency, exchange_rate, balance_after_minor)
select
  id, entry_key, account, counterparty_account, amount_minor, booked_on, value_on, time_of_day,
  statement, position, locator_ordinal, byte_offset, channel, kind, is_reversal, locator,
  servicer_reference, counterparty_name, counterparty_text, counterparty_agent, purpose, refs,
  original_minor, original_currency, exchange_rate, balance_after_minor
from incoming
where known is null
order by id
on conflict on constraint entry_is_unique do nothing;
