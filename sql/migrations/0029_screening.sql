-- Screenings of everything the store holds: of which records, by which law and detectors, with what was found.
-- The findings stand in their own table; a screening names them, so the same findings found again add nothing.
create table screening (
  id bigint generated always as identity constraint screening_key primary key,
  code text not null constraint screening_is_kept_once unique,
  settings_sha256 bytea not null,
  document jsonb not null,
  stored_at timestamptz not null default now()
);
select make_append_only('screening');

create index screening_by_settings on screening (settings_sha256, id);

grant insert on screening to moneytrail_app;
grant select on screening to moneytrail_app;
grant usage on all sequences in schema public to moneytrail_app;
