-- Matters as their case sheets state them. A sheet sent again in another version is a new row; the last
-- one stands. The document is the whole matter; persons, property and events stand beside it in rows so
-- that people can search them with SQL.
create table matter (
  id bigint generated always as identity constraint matter_key primary key,
  code text not null constraint matter_code_is_not_empty check (code <> ''),
  file bigint not null constraint matter_is_of_a_file references received_file,
  document jsonb not null,
  stored_at timestamptz not null default now(),
  constraint matter_sheet_is_unique unique (code, file)
);
select make_append_only('matter');

create table matter_person (
  matter bigint not null constraint matter_person_is_of_a_matter references matter,
  code text not null,
  display_name text not null,
  is_legal_person boolean not null,
  roles text[] not null,
  constraint matter_person_key primary key (matter, code)
);
select make_append_only('matter_person');

create table matter_property (
  matter bigint not null constraint matter_property_is_of_a_matter references matter,
  code text not null,
  kind text not null,
  description text not null,
  constraint matter_property_key primary key (matter, code)
);
select make_append_only('matter_property');

create table matter_event (
  matter bigint not null constraint matter_event_is_of_a_matter references matter,
  code text not null,
  kind text not null,
  first_on date not null,
  last_on date not null,
  constraint matter_event_key primary key (matter, code),
  constraint matter_event_is_ordered check (first_on <= last_on)
);
select make_append_only('matter_event');

create view v_matter as
select id, code, file, sealed.mask_json(document) as document
from matter;

create view v_matter_person as
select matter, code, sealed.mask(display_name) as display_name, is_legal_person, roles
from matter_person;

create view v_matter_property as
select matter, code, kind, sealed.mask(description) as description
from matter_property;
