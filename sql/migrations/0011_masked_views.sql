-- What the program's role reads in place of the tables that can name a protected person.
create view v_received_file as
select f.id, f.sha256, f.byte_count, sealed.mask(f.name) as name, b.format, b.parser,
  b.profile_sha256, b.outcome, sealed.mask(f.exhibit) as exhibit,
  sealed.mask(f.authority) as authority, sealed.mask(f.custodian) as custodian, f.received_on
from received_file f
left join lateral (
  select * from import_batch
  where import_batch.file = f.id and import_batch.outcome <> 'copy'
  order by import_batch.outcome = 'imported' desc, import_batch.id desc
  limit 1
) b on true;

create view v_received_copy as
select id, file, sealed.mask(name) as name, sealed.mask(exhibit) as exhibit, received_on
from received_copy;

create view v_account as
select a.id, a.key_sha256, a.currency,
  coalesce(sealed.account_token(a.key_sha256), a.account_key) as account_key,
  coalesce(sealed.account_display(a.key_sha256), sealed.mask(a.account_text)) as display,
  a.institution,
  exists (select from statement s where s.account = a.id) as has_statements
from account a;

create view v_entry_text as
select t.id as entry,
  sealed.mask(t.counterparty_name) as counterparty_name,
  sealed.mask(t.counterparty_text) as counterparty_text,
  t.counterparty_agent,
  sealed.mask(t.purpose) as purpose,
  sealed.mask_json(t.refs) as refs,
  t.original_minor, t.original_currency, t.exchange_rate, t.balance_after_minor
from entry t;

create view v_statement as
select s.id, s.file, s.account, s.place_in_file, sealed.mask(s.owner_name) as owner_name,
  sealed.mask(s.reference) as reference, s.number,
  s.opening_minor, s.opening_on, s.opening_is_interim,
  s.closing_minor, s.closing_on, s.closing_is_interim,
  s.first_on, s.last_on, s.entry_count, s.status, s.difference_minor, s.locator, s.locator_ordinal
from statement s;

create view v_import_issue as
select file, number, severity, code, locator, locator_ordinal, sealed.mask(found) as found,
  sealed.mask(expected) as expected, sealed.mask(excerpt) as excerpt
from import_issue;

create view v_quarantined_record as
select file, number, code, sealed.mask(reason) as reason, locator, locator_ordinal,
  sealed.mask(raw) as raw
from quarantined_record;

-- Every place an entry was read at, the first and the further ones.
create view v_entry_place as
select e.id as entry, e.account, e.booked_on, e.statement, e.position, e.locator, e.locator_ordinal,
  e.byte_offset
from entry e
union all
select p.entry, e.account, e.booked_on, p.statement, p.position, p.locator, p.locator_ordinal,
  p.byte_offset
from entry_place p
join entry e on e.id = p.entry;

-- The booked entries of an account in evidence order, whatever the order of import: by booking day,
-- within a day in the order of its statement. A day that several statements show follows the one that
-- shows most of it, ties by the file's hash; an entry that one does not show follows in the order of its
-- own. The last key makes the order total.
create view v_entry_order as
with contested as (
  select account, booked_on
  from v_entry_place
  group by account, booked_on
  having min(statement) <> max(statement)
), shown as (
  select p.entry, f.sha256, s.place_in_file, p.position, p.statement, p.locator, p.locator_ordinal,
    p.byte_offset,
    count(*) over (partition by p.account, p.booked_on, p.statement) as of_the_day
  from v_entry_place p
  join contested c on c.account = p.account and c.booked_on = p.booked_on
  join statement s on s.id = p.statement
  join received_file f on f.id = s.file
), best as (
  select distinct on (entry) *
  from shown
  order by entry, of_the_day desc, sha256, place_in_file, position
)
select e.id as entry, e.account,
  row_number() over (
    partition by e.account
    order by e.booked_on, b.of_the_day desc, b.sha256, b.place_in_file,
      coalesce(b.position, e.position), e.entry_key
  )::int as sequence,
  coalesce(b.statement, e.statement) as statement, coalesce(b.locator, e.locator) as locator,
  coalesce(b.locator_ordinal, e.locator_ordinal) as locator_ordinal,
  case when b.entry is null then e.byte_offset else b.byte_offset end as byte_offset
from entry e
left join best b on b.entry = e.id
where e.kind = 'booked';
