-- Which of an import's keys are there, as which entry, and with what content.
copy (
  select k.number, e.id, e.amount_minor, e.booked_on
  from incoming_key k
  join entry e on e.account = k.account and e.entry_key = k.entry_key
) to stdout (format binary);
