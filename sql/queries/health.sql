-- What a doctor asks a server.
select current_setting('server_version_num')::int, current_setting('server_encoding'),
  current_setting('data_checksums'), current_setting('fsync'), current_user::text,
  (select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = current_user),
  pg_database_size(current_database());
