-- What foreign keys would hold row by row is held here once a statement, over all its new rows: a
-- million entries are one check and not five million. Sound because nothing that is pointed at can
-- ever be changed or removed.
create function check_new_entries() returns trigger
language plpgsql
as $$
declare
  broken text;
begin
  -- Few accounts and statements, however many the rows.
  select 'entry_is_of_a_statement' into broken
  from (select distinct account, statement from new_entry) e
  left join statement s on s.id = e.statement
  left join account of_statement on of_statement.id = s.account
  left join account of_entry on of_entry.id = e.account
  where s.id is null or of_entry.key_sha256 is distinct from of_statement.key_sha256
  limit 1;
  if broken is null then
    select 'entry_counterparty_is_an_account' into broken
    from (
      select distinct counterparty_account from new_entry where counterparty_account is not null) e
    where not exists (select from account a where a.id = e.counterparty_account)
    limit 1;
  end if;
  if broken is not null then
    raise exception 'an entry names a statement or an account that is not there'
      using errcode = 'foreign_key_violation', constraint = broken;
  end if;
  return null;
end
$$;

create trigger entry_is_whole after insert on entry
referencing new table as new_entry
for each statement execute function check_new_entries();

-- Further places belong to entries that are there.
create function check_new_parts() returns trigger
language plpgsql
as $$
begin
  if exists (select from new_part p where not exists (select from entry e where e.id = p.entry)) then
    raise exception 'a part of an entry names an entry that is not there'
      using errcode = 'foreign_key_violation', constraint = tg_table_name || '_is_of_an_entry';
  end if;
  return null;
end
$$;

create trigger entry_place_is_whole after insert on entry_place
referencing new table as new_part
for each statement execute function check_new_parts();
