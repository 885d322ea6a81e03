-- Evidence is never changed and never removed, by anybody: not by the program, not by the owner of
-- the tables. Privileges keep the program's own role away; this trigger stops everyone else, and says
-- which rule it is. A correction is a new record that names the old one.
create function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception '% on % is refused: evidence is append-only', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation', constraint = tg_table_name || '_is_append_only';
end
$$;

-- Puts the guard on one table.
create function make_append_only(guarded regclass) returns void
language plpgsql
as $$
begin
  execute format(
    'create trigger append_only before update or delete or truncate on %s '
    'for each statement execute function refuse_change()', guarded);
  execute format('alter table %s enable always trigger append_only', guarded);
end
$$;
revoke execute on function make_append_only(regclass) from public;
