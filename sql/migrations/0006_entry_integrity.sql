-- What foreign keys would hold row by row is held here once a statement, over all its new rows: a
-- million entries are one check and not five million. Sound because nothing that is pointed at can
-- ever be changed or removed.
create function check_new_entries() returns trigger
language plpgsql
as $$
declare
  broken text;
begin
  -- One pass over the new rows, whatever their number.
  select case
      when s.id is null or of_entry.key_sha256 is distinct from of_statement.key_sha256
        then 'entry_is_of_a_statement'
      else 'entry_counterparty_is_an_account'
    end into broken
  from (select distinct account, statement, counterparty_account from new_entry) e
  left join statement s on s.id = e.statement
  left join account of_statement on of_statement.id = s.account
  left join account of_entry on of_entry.id = e.account
  left join account other on other.id = e.counterparty_account
  where s.id is null or of_entry.key_sha256 is distinct from of_statement.key_sha256
    or (e.counterparty_account is not null and other.id is null)
  limit 1;
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

-- Texts and further places belong to entries that are there.
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

create trigger entry_text_is_whole after insert on entry_text
referencing new table as new_part
for each statement execute function check_new_parts();

create trigger entry_place_is_whole after insert on entry_place
referencing new table as new_part
for each statement execute function check_new_parts();
