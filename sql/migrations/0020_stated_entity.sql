-- Persons, bodies, accounts, things and relations as single records state them. Two records are never
-- one entity because they look alike; the same record in two files is one row with two places.
create table stated_entity (
  id bigint generated always as identity constraint stated_entity_id_key primary key,
  entity_key bytea not null constraint stated_entity_is_unique unique,
  schema text not null,
  space text not null,
  entity_id text not null,
  properties jsonb not null,
  valid_from date,
  valid_until date,
  stated_on date,
  constraint stated_entity_key_is_a_sha256 check (octet_length(entity_key) = 32),
  constraint stated_entity_has_a_schema check (schema <> '')
);
select make_append_only('stated_entity');
create index stated_entity_by_schema on stated_entity (schema, entity_key);

create table entity_place (
  entity bigint not null constraint entity_place_is_of_an_entity references stated_entity,
  file bigint not null constraint entity_place_is_in_a_file references received_file,
  locator_ordinal bigint not null,
  locator text not null,
  constraint entity_place_key primary key (entity, file, locator_ordinal, locator)
);
select make_append_only('entity_place');
create index entity_place_by_file on entity_place (file);

-- Accounts that records state, whether or not statements of them were received: by the key that Intake
-- gave (`moneytrail:accountKey`), else by the IBAN.
create table stated_account (
  entity bigint not null constraint stated_account_is_of_an_entity references stated_entity,
  account_key text not null,
  key_sha256 bytea not null,
  constraint stated_account_key primary key (entity, account_key),
  constraint stated_account_hash_is_of_the_key
    check (key_sha256 = sha256(convert_to(account_key, 'UTF8')))
);
select make_append_only('stated_account');
create index stated_account_by_key on stated_account (key_sha256);

create function spread_stated_entities() returns trigger
language plpgsql security definer
set search_path = public, pg_catalog, pg_temp
as $$
begin
  insert into stated_account (entity, account_key, key_sha256)
  select named.entity, named.account_key, sha256(convert_to(named.account_key, 'UTF8'))
  from (
    select e.id as entity, k.value as account_key
    from new_entity e
    cross join jsonb_array_elements_text(e.properties -> 'moneytrail:accountKey') as k (value)
    where e.properties ? 'moneytrail:accountKey'
    union
    select e.id, 'iban:' || upper(regexp_replace(k.value, '[^[:alnum:]]', '', 'g'))
    from new_entity e
    cross join jsonb_array_elements_text(e.properties -> 'iban') as k (value)
    where e.schema = 'BankAccount' and not e.properties ? 'moneytrail:accountKey') named;
  return null;
end
$$;

create trigger stated_entity_is_spread after insert on stated_entity
referencing new table as new_entity
for each statement execute function spread_stated_entities();
