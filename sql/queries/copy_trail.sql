-- Everything booked, unsorted: the program puts it in order. For a store where every entry stands as its row
-- reads it (`any_withdrawn`).
copy (
  select id, account, counterparty_account, amount_minor, booked_on, time_of_day, channel, statement,
    position
  from entry
  where kind = 'booked'
) to stdout (format binary);
