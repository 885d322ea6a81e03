-- Everything booked that stands, as the standing files read it, unsorted.
copy (
  select id, account, counterparty_account, amount_minor, booked_on, time_of_day, channel, statement,
    position
  from v_standing_entry
  where kind = 'booked'
) to stdout (format binary);
