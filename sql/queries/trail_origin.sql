-- Which records a trail is made of: this store and no copy of it, its greatest entry, its imports as one
-- hash, its greatest pair, how often something that was there was read otherwise, how many entries were met
-- again, and the hash of the first imports only. $1 how many imports those are
with batch as (
  select row_number() over (order by b.id) as place, b.known_count,
    b.id || ' ' || encode(f.sha256, 'hex') || ' ' || b.outcome as line
  from import_batch b
  join received_file f on f.id = b.file
)
select
  (select system_identifier::text from pg_control_system())
    || '/' || (select oid::text from pg_database where datname = current_database()),
  (select coalesce(max(id), 0) from entry),
  (select count(*) from batch),
  (select encode(sha256(convert_to(coalesce(string_agg(line, ',' order by place), ''), 'UTF8')), 'hex')
    from batch),
  (select coalesce(max(id), 0) from transfer),
  (select count(*) from transfer_withdrawn) + (select count(*) from import_withdrawn)
    + (select count(*) from import_restored) + (select count(*) from entry_reading)
    + (select count(*) + count(w.link) from link l left join link_withdrawn w on w.link = l.id
      where l.kind = 'duplicate' and l.status = 'matched'),
  (select coalesce(sum(known_count), 0)::bigint from batch),
  (select encode(sha256(convert_to(coalesce(string_agg(line, ',' order by place), ''), 'UTF8')), 'hex')
    from batch where place <= $1::bigint);
