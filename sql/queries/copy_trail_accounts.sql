-- Accounts with the number of their currency, in an order that comes from their content.
copy (
  select a.id, c.number::int
  from account a
  join currency c on c.code = a.currency
  order by a.key_sha256, a.currency collate "C"
) to stdout (format binary);
