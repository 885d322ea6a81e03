-- One import is one row, written in the transaction that stored what it counts. Whatever was read was
-- stored, known already, quarantined or skipped; anything else is refused. How a file was read stands
-- here and not with the file: a file once refused may be read again with another profile.
create table import_batch (
  id bigint generated always as identity constraint import_batch_key primary key,
  file bigint not null constraint import_batch_is_of_a_file references received_file,
  program text not null,
  format text not null,
  parser text not null,
  profile_sha256 bytea,
  outcome text not null constraint import_batch_outcome_is_known
    check (outcome in ('imported', 'refused', 'copy')),
  read_count bigint not null,
  stored_count bigint not null,
  known_count bigint not null,
  quarantined_count bigint not null,
  skipped_count bigint not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz not null default clock_timestamp(),
  constraint import_counts_add_up
    check (read_count = stored_count + known_count + quarantined_count + skipped_count)
);
select make_append_only('import_batch');
create index import_batch_by_file on import_batch (file);

-- What a file said about one account and period.
create table statement (
  id bigint generated always as identity constraint statement_key primary key,
  file bigint not null constraint statement_is_of_a_file references received_file,
  account bigint not null constraint statement_is_of_an_account references account,
  place_in_file int not null,
  owner_name text,
  reference text,
  number text,
  opening_minor bigint,
  opening_on date,
  opening_is_interim boolean,
  closing_minor bigint,
  closing_on date,
  closing_is_interim boolean,
  first_on date,
  last_on date,
  entry_count bigint not null,
  status text not null constraint statement_status_is_known check (
    status in ('reconciled', 'unreconciled', 'incomplete', 'no-balances', 'not-applicable')),
  difference_minor bigint,
  locator text not null,
  locator_ordinal bigint not null,
  constraint statement_place_is_unique unique (file, place_in_file),
  constraint statement_reconciled_has_no_difference
    check (status <> 'reconciled' or difference_minor = 0),
  constraint statement_period_is_ordered check (first_on <= last_on)
);
select make_append_only('statement');
create index statement_by_account on statement (account);
