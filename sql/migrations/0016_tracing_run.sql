-- Tracing runs as immutable records. The key is the hash of the record's own text, checked here, and
-- every other column is read from that text: none of them can say anything else. The text names accounts
-- and assets by what is the same in every store, so one case gives one key wherever it is kept.
create table tracing_run (
  sha256 bytea not null constraint tracing_run_key primary key,
  record text not null,
  matter text not null generated always as (record::jsonb ->> 'matter') stored,
  ledger_sha256 bytea not null generated always as (decode(record::jsonb ->> 'ledger', 'hex')) stored,
  as_of text not null generated always as (record::jsonb ->> 'asOf') stored,
  method text not null generated always as (record::jsonb ->> 'method') stored,
  policies jsonb not null generated always as (
    jsonb_object(array[
      'sameDayOrder', record::jsonb ->> 'sameDayOrder',
      'backwardTracing', record::jsonb ->> 'backwardTracing'])) stored,
  results jsonb not null generated always as (record::jsonb -> 'results') stored,
  sensitivity jsonb not null generated always as (record::jsonb -> 'sensitivity') stored,
  bounds jsonb not null generated always as (record::jsonb -> 'bounds') stored,
  stored_at timestamptz not null default now(),
  constraint tracing_run_is_its_hash check (sha256 = sha256(convert_to(record, 'UTF8'))),
  constraint tracing_run_names_a_matter check (matter <> ''),
  constraint tracing_run_names_a_ledger check (octet_length(ledger_sha256) = 32)
);
select make_append_only('tracing_run');
create index tracing_run_by_matter on tracing_run (matter);

-- Results name accounts by key, which a later sealed sheet may protect.
create view v_tracing_run as
select sha256, matter, ledger_sha256, as_of, method, policies, sealed.mask_json(record::jsonb) as record,
  stored_at
from tracing_run;

grant insert on tracing_run to moneytrail_app;
grant select (sha256, matter, ledger_sha256, as_of, method, policies, stored_at) on tracing_run
to moneytrail_app;
grant select on v_tracing_run to moneytrail_app;
