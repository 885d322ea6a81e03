-- Every entry that moves or announces money, as the matching of links reads it.
select id, entry_key, kind, account_key, counterparty_key, amount_minor, currency, booked_on, value_on,
  is_reversal, channel, counterparty_name, owner_name, refs::text, servicer_reference, original_minor,
  original_currency, exchange_rate
from v_linking_entry
order by entry_key;
