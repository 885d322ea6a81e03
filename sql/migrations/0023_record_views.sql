-- What the program's role reads of payment records and stated entities: masked, and only what a standing
-- file shows. An account of a protected person is named by its token, as everywhere.
create view v_payment_record as
select r.id, r.record_key, r.kind, r.record_type, r.executed_on, r.value_on,
  sealed.mask_json(r.content) as content,
  (select jsonb_object_agg(a.position, jsonb_build_array(
      sealed.account_token(a.key_sha256), sealed.account_display(a.key_sha256)))
    from payment_account a
    where a.record = r.id and sealed.account_token(a.key_sha256) is not null) as protected_accounts
from payment_record r
where (select not exists (select from withdrawn_file))
  or exists (
    select from payment_place p
    where p.record = r.id and p.file not in (select file from withdrawn_file));

create view v_payment_place as
select p.record, p.file, p.locator_ordinal, p.locator, p.byte_offset
from payment_place p
where (select not exists (select from withdrawn_file))
  or p.file not in (select file from withdrawn_file);

create view v_stated_entity as
select e.id, e.entity_key, sealed.mask(e.schema) as schema, sealed.mask(e.space) as space,
  sealed.mask(e.entity_id) as entity_id, sealed.mask_json(e.properties) as properties,
  e.valid_from, e.valid_until, e.stated_on
from stated_entity e
where (select not exists (select from withdrawn_file))
  or exists (
    select from entity_place p
    where p.entity = e.id and p.file not in (select file from withdrawn_file));

create view v_entity_place as
select p.entity, p.file, p.locator_ordinal, p.locator
from entity_place p
where (select not exists (select from withdrawn_file))
  or p.file not in (select file from withdrawn_file);

create view v_stated_account as
select a.entity, a.key_sha256,
  coalesce(sealed.account_token(a.key_sha256), sealed.mask(a.account_key)) as account_key
from stated_account a
where exists (select from v_entity_place p where p.entity = a.entity);

grant insert on payment_record, payment_place, stated_entity, entity_place to moneytrail_app;
grant select (id, record_key, kind, record_type, executed_on, value_on) on payment_record
to moneytrail_app;
grant select (id, entity_key, valid_from, valid_until, stated_on) on stated_entity to moneytrail_app;
grant select (entity, key_sha256) on stated_account to moneytrail_app;
grant select on payment_place, payment_amount, payment_reference, payment_account, entity_place,
  v_payment_record, v_payment_place, v_stated_entity, v_entity_place, v_stated_account
to moneytrail_app;
grant usage on all sequences in schema public to moneytrail_app;
revoke execute on function spread_payment_records(), spread_stated_entities() from public;
