-- Everything booked in a range of numbers, unsorted: the program puts it in order. For a store where every
-- entry stands as its row reads it (`any_withdrawn`); the range is set by `set_trail_range`. Asked for by
-- subquery, so that the range is worked out once and read by the index, whose order is that of the table.
copy (
  select id, account, counterparty_account, amount_minor, booked_on, time_of_day, channel, statement,
    position
  from entry
  where kind = 'booked'
    and id > (select current_setting('moneytrail.after_entry')::bigint)
    and id <= (select current_setting('moneytrail.last_entry')::bigint)
) to stdout (format binary);
