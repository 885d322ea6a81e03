-- Received files of any length. What one value cannot hold, or should not hold, is kept in parts of at most
-- 8 MiB, uncompressed, so that a place in a file is read without reading the file. A file has either its
-- content in one piece, as every file received before this step, or parts.
create table received_part (
  file bigint not null constraint received_part_is_of_a_file references received_file,
  number int not null,
  start_at bigint not null,
  -- The physical line, from 1, that the part begins in. Parts are cut behind line ends where that can be.
  first_line bigint not null,
  content bytea not null,
  sha256 bytea not null,
  constraint received_part_key primary key (file, number),
  constraint received_part_sha256_is_of_the_content check (sha256 = sha256(content)),
  constraint received_part_is_at_most_8_mib check (octet_length(content) between 1 and 8388608)
);
alter table received_part alter column content set storage external;
select make_append_only('received_part');

alter table received_file alter column content drop not null;
-- SHA-256 over the hashes of the parts in their order: what ties them together when the file is too long
-- for the database to hash it in one piece.
alter table received_file add column parts_sha256 bytea;
alter table received_file add constraint received_file_is_whole_or_in_parts
  check ((content is null) = (parts_sha256 is not null));

-- At the end of the transaction that brought a file in parts: all of them are there, in order, without a
-- hole, and of the stated length.
create function check_file_parts() returns trigger
language plpgsql security definer
set search_path = public, pg_catalog, pg_temp
as $$
begin
  if not coalesce((
    select count(*) = max(p.number) + 1 and min(p.number) = 0
      and sum(octet_length(p.content)) = new.byte_count
      and bool_and(p.start_at = p.before)
      and sha256(string_agg(p.sha256, ''::bytea order by p.number)) = new.parts_sha256
    from (
      select number, start_at, content, sha256,
        coalesce(sum(octet_length(content)) over (
          order by number rows between unbounded preceding and 1 preceding), 0) as before
      from received_part where file = new.id) p), false)
  then
    raise exception 'the parts of a received file are not the whole of it'
      using errcode = 'check_violation', constraint = 'received_file_parts_are_whole';
  end if;
  return null;
end
$$;
create constraint trigger received_file_parts_are_whole after insert on received_file
deferrable initially deferred
for each row when (new.content is null) execute function check_file_parts();

-- Nothing is added to a file that is whole.
create function check_new_file_parts() returns trigger
language plpgsql security definer
set search_path = public, pg_catalog, pg_temp
as $$
begin
  if exists (
    select from (select distinct file from new_part) n
    join received_file f on f.id = n.file
    where f.content is not null
      or (select sum(octet_length(p.content)) from received_part p where p.file = f.id) > f.byte_count)
  then
    raise exception 'a part belongs to no file that lacks one'
      using errcode = 'check_violation', constraint = 'received_part_has_room';
  end if;
  return null;
end
$$;
create trigger received_part_has_room after insert on received_part
referencing new table as new_part
for each statement execute function check_new_file_parts();

revoke execute on function check_file_parts(), check_new_file_parts() from public;
grant insert on received_part to moneytrail_app;
grant select (file, number, start_at, first_line, sha256) on received_part to moneytrail_app;
