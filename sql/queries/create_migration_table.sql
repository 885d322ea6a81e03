-- The record of what was done to the schema. Made before the first migration.
create table if not exists migration (
  number int constraint migration_key primary key,
  name text not null,
  sha256 bytea not null,
  applied_at timestamptz not null default now()
);
