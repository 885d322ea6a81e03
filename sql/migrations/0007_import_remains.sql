-- What an import has to say besides its entries: issues, and records that could not be used, kept
-- whole with their place and reason. Nothing is dropped silently.
create table import_issue (
  file bigint not null constraint import_issue_is_of_a_file references received_file,
  number int not null,
  severity text not null constraint import_issue_severity_is_known
    check (severity in ('error', 'warning', 'note')),
  code text not null,
  locator text not null,
  locator_ordinal bigint not null,
  found text not null,
  expected text not null,
  excerpt text,
  constraint import_issue_key primary key (file, number)
);
select make_append_only('import_issue');

create table quarantined_record (
  file bigint not null constraint quarantined_record_is_of_a_file references received_file,
  number int not null,
  code text not null,
  reason text not null,
  locator text not null,
  locator_ordinal bigint not null,
  raw text not null,
  constraint quarantined_record_key primary key (file, number)
);
select make_append_only('quarantined_record');
