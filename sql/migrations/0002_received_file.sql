-- Files as they were received. The bytes stay in the store, so that every figure can be followed to
-- the very line it came from and the hash can be computed again at any time.
create table received_file (
  id bigint generated always as identity constraint received_file_key primary key,
  sha256 bytea not null constraint received_file_sha256_is_unique unique,
  content bytea not null,
  byte_count bigint not null,
  name text not null,
  exhibit text,
  authority text,
  custodian text,
  received_on date,
  stored_at timestamptz not null default now(),
  constraint received_file_sha256_is_of_the_content check (sha256 = sha256(content)),
  constraint received_file_byte_count_is_of_the_content check (byte_count = octet_length(content)),
  constraint received_file_name_has_no_folder check (name <> '' and name !~ '/')
);
select make_append_only('received_file');

-- The same bytes again, under whatever name or exhibit mark: listed, never stored twice.
create table received_copy (
  id bigint generated always as identity constraint received_copy_key primary key,
  file bigint not null constraint received_copy_is_of_a_file references received_file,
  name text not null,
  exhibit text,
  authority text,
  custodian text,
  received_on date,
  stored_at timestamptz not null default now()
);
select make_append_only('received_copy');
create index received_copy_by_file on received_copy (file);
