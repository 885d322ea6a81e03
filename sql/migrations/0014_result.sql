-- What stages derived, under codes made from their content: the same result has the same code in every
-- store. Derived results explain themselves; evidence does not depend on them.
create table run (
  sha256 bytea not null constraint run_key primary key,
  matter text not null,
  manifest jsonb not null,
  stored_at timestamptz not null default now()
);
select make_append_only('run');

create table finding (
  code text not null constraint finding_key primary key,
  matter text,
  detector text not null,
  version int not null,
  document jsonb not null,
  stored_at timestamptz not null default now()
);
select make_append_only('finding');

create table finding_entry (
  finding text not null constraint finding_entry_is_of_a_finding references finding,
  position int not null,
  entry bigint not null constraint finding_entry_is_an_entry references entry,
  constraint finding_entry_key primary key (finding, position)
);
select make_append_only('finding_entry');

create table figure (
  code text not null constraint figure_key primary key,
  document text not null,
  matter text,
  amount_minor bigint not null,
  currency text not null,
  exponent smallint not null,
  label text not null,
  derivation text not null,
  stored_at timestamptz not null default now()
);
select make_append_only('figure');

-- Every figure has a source, and every source is a received file.
create table figure_source (
  figure text not null constraint figure_source_is_of_a_figure references figure,
  number int not null,
  file bigint not null constraint figure_source_is_a_file references received_file,
  label text not null,
  locator text not null,
  locator_ordinal bigint not null,
  entry bigint constraint figure_source_is_an_entry references entry,
  constraint figure_source_key primary key (figure, number)
);
select make_append_only('figure_source');

create function check_new_figures() returns trigger
language plpgsql
as $$
begin
  if not exists (select from figure_source s where s.figure = new.code) then
    raise exception 'a figure names no source'
      using errcode = 'foreign_key_violation', constraint = 'figure_has_a_source';
  end if;
  return null;
end
$$;

create constraint trigger figure_has_a_source after insert on figure
deferrable initially deferred
for each row execute function check_new_figures();

-- What people decided and noted, with author and time, outside the derived results.
create table decision (
  id bigint generated always as identity constraint decision_key primary key,
  subject text not null,
  verdict text not null,
  reason text not null constraint decision_has_a_reason check (reason <> ''),
  author text not null constraint decision_has_an_author check (author <> ''),
  decided_at timestamptz not null default now()
);
select make_append_only('decision');
