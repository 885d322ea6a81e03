-- An import can be withdrawn, by a record that says who and why; the evidence stays. The same bytes
-- imported again restore it, by a record as well. What follows reads only what stands: what some file
-- shows whose import is not withdrawn.
create table import_withdrawn (
  id bigint generated always as identity constraint import_withdrawn_key primary key,
  file bigint not null constraint import_withdrawn_is_of_a_file references received_file,
  author text not null constraint import_withdrawn_has_an_author check (author <> ''),
  reason text not null constraint import_withdrawn_has_a_reason check (reason <> ''),
  stored_at timestamptz not null default now()
);
select make_append_only('import_withdrawn');
create index import_withdrawn_by_file on import_withdrawn (file);

create table import_restored (
  withdrawal bigint not null constraint import_restored_key primary key
    constraint import_restored_is_of_a_withdrawal references import_withdrawn,
  stored_at timestamptz not null default now()
);
select make_append_only('import_restored');

alter table import_batch drop constraint import_batch_outcome_is_known;
alter table import_batch add constraint import_batch_outcome_is_known
  check (outcome in ('imported', 'refused', 'copy', 'restored'));

create view withdrawn_file as
select w.file
from import_withdrawn w
where not exists (select from import_restored r where r.withdrawal = w.id);

create view withdrawn_statement as
select s.id
from statement s
join withdrawn_file w on w.file = s.file;

-- The views below ask first, once a query, whether anything is withdrawn at all: `(select not exists …)`
-- is decided before the first row, so that a store without withdrawals pays one test a row.

-- Of entries that places read differently, the standing reading that states most: one that names the
-- other account, then a name, then the longest purpose; ties by the words themselves. The row's own words
-- stand when its statement does, or a place that says the same.
create view v_entry_reading as
with told as (
  select e.id as entry, e.statement, true as is_row,
    e.counterparty_account, e.value_on, e.time_of_day, e.channel, e.is_reversal,
    e.counterparty_name, e.counterparty_text, e.counterparty_agent, e.purpose, e.refs,
    e.original_minor, e.original_currency, e.exchange_rate, e.balance_after_minor
  from entry e
  where e.id in (select entry from entry_reading)
  union all
  select r.entry, r.statement, false,
    r.counterparty_account, r.value_on, r.time_of_day, r.channel, r.is_reversal,
    r.counterparty_name, r.counterparty_text, r.counterparty_agent, r.purpose, r.refs,
    r.original_minor, r.original_currency, r.exchange_rate, r.balance_after_minor
  from entry_reading r
)
select distinct on (t.entry) t.*
from told t
where (select not exists (select from withdrawn_file))
  or t.statement not in (select id from withdrawn_statement)
  or (t.is_row and exists (
    select from entry_place p
    where p.entry = t.entry and p.statement not in (select id from withdrawn_statement)
      and not exists (
        select from entry_reading r
        where r.entry = p.entry and r.statement = p.statement and r.position = p.position)))
order by t.entry, (t.counterparty_account is not null) desc, (t.counterparty_name is not null) desc,
  (t.counterparty_text is not null) desc, coalesce(length(t.purpose), 0) desc,
  t.purpose collate "C", t.counterparty_name collate "C", t.counterparty_text collate "C",
  t.counterparty_agent collate "C", t.refs::text collate "C", t.value_on, t.time_of_day, t.channel,
  t.is_reversal, t.original_minor, t.original_currency collate "C", t.exchange_rate collate "C",
  t.balance_after_minor, (select a.key_sha256 from account a where a.id = t.counterparty_account);

-- Entries that a standing file shows, as it reads them.
create view v_standing_entry as
select e.id, e.entry_key, e.account, e.counterparty_account, e.amount_minor, e.booked_on, e.value_on,
  e.time_of_day, e.statement, e.position, e.channel, e.kind, e.is_reversal
from entry e
where ((select not exists (select from withdrawn_file))
    or e.statement not in (select id from withdrawn_statement)
    or exists (
      select from entry_place p
      where p.entry = e.id and p.statement not in (select id from withdrawn_statement)))
  and ((select not exists (select from entry_reading))
    or e.id not in (select entry from entry_reading))
union all
select e.id, e.entry_key, e.account, r.counterparty_account, e.amount_minor, e.booked_on, r.value_on,
  r.time_of_day, e.statement, e.position, r.channel, e.kind, r.is_reversal
from v_entry_reading r
join entry e on e.id = r.entry;

create or replace view v_entry_text as
select t.id as entry,
  sealed.mask(case when r.entry is null then t.counterparty_name else r.counterparty_name end)
    as counterparty_name,
  sealed.mask(case when r.entry is null then t.counterparty_text else r.counterparty_text end)
    as counterparty_text,
  case when r.entry is null then t.counterparty_agent else r.counterparty_agent end
    as counterparty_agent,
  sealed.mask(case when r.entry is null then t.purpose else r.purpose end) as purpose,
  sealed.mask_json(case when r.entry is null then t.refs else r.refs end) as refs,
  case when r.entry is null then t.original_minor else r.original_minor end as original_minor,
  case when r.entry is null then t.original_currency else r.original_currency end
    as original_currency,
  case when r.entry is null then t.exchange_rate else r.exchange_rate end as exchange_rate,
  case when r.entry is null then t.balance_after_minor else r.balance_after_minor end
    as balance_after_minor
from entry t
left join v_entry_reading r on r.entry = t.id;

-- Every place in a standing file that an entry was read at.
create view v_standing_place as
select p.entry, p.account, p.booked_on, p.statement, p.position, p.locator, p.locator_ordinal,
  p.byte_offset
from v_entry_place p
where (select not exists (select from withdrawn_file))
  or p.statement not in (select id from withdrawn_statement);

create or replace view v_statement as
select s.id, s.file, s.account, s.place_in_file, sealed.mask(s.owner_name) as owner_name,
  sealed.mask(s.reference) as reference, s.number,
  s.opening_minor, s.opening_on, s.opening_is_interim,
  s.closing_minor, s.closing_on, s.closing_is_interim,
  s.first_on, s.last_on, s.entry_count, s.status, s.difference_minor, s.locator, s.locator_ordinal
from statement s
where (select not exists (select from withdrawn_file))
  or s.file not in (select file from withdrawn_file);

create or replace view v_matter as
select id, code, file, sealed.mask_json(document) as document
from matter
where (select not exists (select from withdrawn_file))
  or file not in (select file from withdrawn_file);

-- As before (0011), over what stands. A day is contested when any two statements show it; the order is
-- that of the standing ones, and an entry first read in a withdrawn file takes its place in another.
create or replace view v_entry_order as
with contested as (
  select account, booked_on
  from v_entry_place
  group by account, booked_on
  having min(statement) <> max(statement)
), shown as (
  select p.entry, f.sha256, s.place_in_file, p.position, p.statement, p.locator, p.locator_ordinal,
    p.byte_offset,
    count(*) over (partition by p.account, p.booked_on, p.statement) as of_the_day
  from v_standing_place p
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
where e.kind = 'booked'
  and ((select not exists (select from withdrawn_file))
    or b.entry is not null or e.statement not in (select id from withdrawn_statement));

create or replace view active_transfer as
select t.id, t.debit, t.credit, t.reasons
from transfer t
where not exists (select from transfer_withdrawn w where w.transfer = t.id)
  and ((select not exists (select from withdrawn_file))
    or (exists (select from v_standing_entry e where e.id = t.debit)
      and exists (select from v_standing_entry e where e.id = t.credit)));

create or replace view v_transfer_candidate as
with leg as (
  select e.id, e.account, e.counterparty_account as other, e.amount_minor, e.booked_on, e.is_reversal
  from v_standing_entry e
  where e.kind = 'booked' and e.amount_minor <> 0
), pair as (
  select d.id as debit, c.id as credit, abs(c.booked_on - d.booked_on) as days_apart,
    true as debit_names, c.other is not null as credit_names
  from leg d
  join leg c on c.account = d.other and c.amount_minor = -d.amount_minor
  where d.amount_minor < 0 and c.account <> d.account and c.is_reversal = d.is_reversal
    and c.booked_on between d.booked_on - 3 and d.booked_on + 3
    and (c.other is null or c.other = d.account)
  union all
  select d.id, c.id, abs(c.booked_on - d.booked_on), false, true
  from leg c
  join leg d on d.account = c.other and d.amount_minor = -c.amount_minor
  where c.amount_minor > 0 and c.account <> d.account and c.is_reversal = d.is_reversal
    and c.booked_on between d.booked_on - 3 and d.booked_on + 3
    and d.other is null
)
select debit, credit, days_apart, debit_names, credit_names,
  count(*) over (partition by debit) as debit_choices,
  count(*) over (partition by credit) as credit_choices,
  array[
    'same amount and currency, opposite sign',
    case
      when debit_names and credit_names then 'each names the account of the other'
      when debit_names then 'the debit names the account of the credit'
      else 'the credit names the account of the debit'
    end,
    case days_apart
      when 0 then 'booked on the same day'
      when 1 then 'booked 1 day apart'
      else 'booked ' || days_apart || ' days apart'
    end] as reasons
from pair;

-- What an account is called, by its standing statements, else by its key (0021).
create or replace view v_account as
select a.id, a.key_sha256, a.currency,
  coalesce(sealed.account_token(a.key_sha256), a.account_key) as account_key,
  coalesce(
    sealed.account_display(a.key_sha256),
    sealed.mask(coalesce(
      (select min(s.account_text collate "C") from statement s
        where s.account = a.id
          and ((select not exists (select from withdrawn_file))
            or s.file not in (select file from withdrawn_file))),
      regexp_replace(a.account_key, '^[^:]*:([^/]*/)?', '')
    ) collate "default")) as display,
  coalesce(
    (select min(s.institution collate "C") from statement s
      where s.account = a.id
        and ((select not exists (select from withdrawn_file))
          or s.file not in (select file from withdrawn_file))),
    a.institution) collate "default" as institution,
  exists (
    select from statement s
    where s.account = a.id
      and ((select not exists (select from withdrawn_file))
        or s.file not in (select file from withdrawn_file))) as has_statements
from account a;

create view v_import_withdrawn as
select w.id, w.file, sealed.mask(w.author) as author, sealed.mask(w.reason) as reason, w.stored_at,
  r.stored_at as restored_at
from import_withdrawn w
left join import_restored r on r.withdrawal = w.id;

grant insert on import_withdrawn, import_restored to moneytrail_app;
grant select (id, file, stored_at) on import_withdrawn to moneytrail_app;
grant select (entry, statement, position) on entry_reading to moneytrail_app;
grant select on import_restored, withdrawn_file, withdrawn_statement, v_standing_entry, v_standing_place,
  v_import_withdrawn to moneytrail_app;
grant usage on all sequences in schema public to moneytrail_app;
