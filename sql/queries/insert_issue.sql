-- Keeps an issue. $1 file, $2 number, $3 severity, $4 code, $5 locator, $6 its ordinal, $7 found,
-- $8 expected, $9 excerpt
insert into import_issue (
  file, number, severity, code, locator, locator_ordinal, found, expected, excerpt)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict on constraint import_issue_key do nothing;
