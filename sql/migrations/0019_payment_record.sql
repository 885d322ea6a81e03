-- Movements that documents claim and that are no booked line: payment messages, reported transactions,
-- declarations. Evidence beside the entries, one row a record whatever the number of files that show it.
--
-- The content is the whole record. Kind, type and status are read from it, and so are the parts below,
-- by a trigger: no column can say anything else than the record does. Texts can name people, so the
-- program's role writes the content and reads v_payment_record.
create table payment_record (
  id bigint generated always as identity constraint payment_record_id_key primary key,
  record_key bytea not null constraint payment_record_is_unique unique,
  content jsonb not null,
  kind text not null generated always as (content ->> 'kind') stored,
  record_type text not null generated always as (content ->> 'recordType') stored,
  executed_on date,
  value_on date,
  constraint payment_record_key_is_a_sha256 check (octet_length(record_key) = 32),
  constraint payment_record_kind_is_known check (
    kind in ('booked', 'pending', 'info', 'future', 'instruction', 'report', 'declared')),
  constraint payment_record_states_amounts check (jsonb_typeof(content -> 'amounts') = 'array')
);
select make_append_only('payment_record');
create index payment_record_by_day on payment_record (executed_on);

-- Every place a record was read at, the first and the further ones.
create table payment_place (
  record bigint not null constraint payment_place_is_of_a_record references payment_record,
  file bigint not null constraint payment_place_is_in_a_file references received_file,
  locator_ordinal bigint not null,
  locator text not null,
  byte_offset bigint,
  constraint payment_place_key primary key (record, file, locator_ordinal, locator)
);
select make_append_only('payment_place');
create index payment_place_by_file on payment_place (file);

-- What records are searched by. References and accounts stand as hashes: they find a value that one
-- knows and show none.
create table payment_amount (
  record bigint not null constraint payment_amount_is_of_a_record references payment_record,
  position int not null,
  role text not null,
  amount_minor bigint not null,
  currency text not null constraint payment_amount_currency_is_known references currency,
  constraint payment_amount_key primary key (record, position)
);
select make_append_only('payment_amount');
create index payment_amount_by_amount on payment_amount (currency, amount_minor);

create table payment_reference (
  record bigint not null constraint payment_reference_is_of_a_record references payment_record,
  name text not null,
  value_sha256 bytea not null,
  constraint payment_reference_key primary key (record, name)
);
select make_append_only('payment_reference');
create index payment_reference_by_value on payment_reference (value_sha256);

create table payment_account (
  record bigint not null constraint payment_account_is_of_a_record references payment_record,
  position int not null,
  role text not null,
  key_sha256 bytea not null,
  constraint payment_account_key primary key (record, position)
);
select make_append_only('payment_account');
create index payment_account_by_key on payment_account (key_sha256);

create function spread_payment_records() returns trigger
language plpgsql security definer
set search_path = public, pg_catalog, pg_temp
as $$
begin
  insert into payment_amount (record, position, role, amount_minor, currency)
  select r.id, a.position, a.stated ->> 'role', (a.stated #>> '{amount,minorUnits}')::bigint,
    a.stated #>> '{amount,currency,code}'
  from new_record r
  cross join jsonb_array_elements(r.content -> 'amounts') with ordinality as a (stated, position);
  insert into payment_reference (record, name, value_sha256)
  select r.id, f.name, sha256(convert_to(f.value, 'UTF8'))
  from new_record r
  cross join jsonb_each_text(r.content -> 'references') as f (name, value);
  insert into payment_account (record, position, role, key_sha256)
  select r.id, p.position, p.party ->> 'role', sha256(convert_to(p.party ->> 'accountKey', 'UTF8'))
  from new_record r
  cross join jsonb_array_elements(r.content -> 'parties') with ordinality as p (party, position)
  where p.party ? 'accountKey';
  return null;
end
$$;

create trigger payment_record_is_spread after insert on payment_record
referencing new table as new_record
for each statement execute function spread_payment_records();
