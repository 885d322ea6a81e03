-- Keeps a statement. $1 file, $2 account, $3 place in the file, $4 owner, $5 reference, $6 number,
-- $7 to $9 opening balance, day, interim; $10 to $12 closing balance, day, interim; $13 first day,
-- $14 last day, $15 entries, $16 status, $17 difference, $18 locator, $19 its ordinal, $20 account
-- and $21 institution as stated
insert into statement (
  file, account, place_in_file, owner_name, reference, number, opening_minor, opening_on,
  opening_is_interim, closing_minor, closing_on, closing_is_interim, first_on, last_on, entry_count,
  status, difference_minor, locator, locator_ordinal, account_text, institution)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
  $21)
returning id;
