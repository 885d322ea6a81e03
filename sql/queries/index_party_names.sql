-- The letter index over them.
create index party_name_by_letters on party_name using gin (name_key gin_trgm_ops);
