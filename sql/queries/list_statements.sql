-- Every statement with the file it stands in, in evidence order. $1 accounts or null for all
select s.id, s.account, s.number, s.opening_minor, s.opening_on, s.opening_is_interim,
  s.closing_minor, s.closing_on, s.closing_is_interim, s.first_on, s.last_on, s.entry_count,
  s.status, s.difference_minor, f.sha256, coalesce(f.exhibit, f.name), s.locator,
  s.locator_ordinal, a.currency
from v_statement s
join v_received_file f on f.id = s.file
join v_account a on a.id = s.account
where $1::bigint[] is null or s.account = any($1)
order by a.account_key collate "C", a.currency collate "C", s.first_on, s.last_on,
  coalesce(f.exhibit, f.name) collate "C", s.place_in_file, f.sha256;
