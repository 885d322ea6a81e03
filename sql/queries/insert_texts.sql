-- Adds the words of the new entries.
insert into entry_text (
  entry, counterparty_name, counterparty_text, counterparty_agent, purpose, refs, original_minor,
  original_currency, exchange_rate, balance_after_minor)
select id, counterparty_name, counterparty_text, counterparty_agent, purpose, refs, original_minor,
  original_currency, exchange_rate, balance_after_minor
from incoming
where known is null and has_text;
