-- What an account is called must not depend on which file came first. Each statement keeps the number
-- and the institution as it states them: of several the first in byte order is shown. An account that no
-- standing statement shows is called by its key.
alter table statement
  add column account_text text,
  add column institution text;

-- What a further place says of an entry where it does not say the same as the entry's row: another bank
-- format names the account of the other side, an export cuts the purpose. Nothing read is lost, and which
-- words are shown does not depend on which file came first.
create table entry_reading (
  entry bigint not null,
  statement bigint not null,
  position int not null,
  counterparty_account bigint,
  value_on date,
  time_of_day int,
  channel smallint not null,
  is_reversal boolean not null,
  counterparty_name text,
  counterparty_text text,
  counterparty_agent text,
  purpose text,
  refs jsonb,
  original_minor bigint,
  original_currency text,
  exchange_rate text,
  balance_after_minor bigint,
  constraint entry_reading_key primary key (entry, statement, position)
);
select make_append_only('entry_reading');
create trigger entry_reading_is_whole after insert on entry_reading
referencing new table as new_part
for each statement execute function check_new_parts();

-- Keeps the readings of one import's known entries that differ. The words of entries are not the
-- program's to read, so the comparison runs here, over the import's own temporary table.
create function keep_entry_readings() returns bigint
language plpgsql security definer
set search_path = public, pg_catalog, pg_temp
as $$
declare
  kept bigint;
begin
  insert into entry_reading (
    entry, statement, position,
    counterparty_account, value_on, time_of_day, channel, is_reversal, counterparty_name,
    counterparty_text, counterparty_agent, purpose, refs, original_minor, original_currency,
    exchange_rate, balance_after_minor)
  select i.known, i.statement, i.position,
    i.counterparty_account, i.value_on, i.time_of_day, i.channel, i.is_reversal,
    i.counterparty_name, i.counterparty_text, i.counterparty_agent, i.purpose, i.refs,
    i.original_minor, i.original_currency, i.exchange_rate, i.balance_after_minor
  from pg_temp.incoming i
  join entry e on e.id = i.known
  where (i.counterparty_account, i.value_on, i.time_of_day, i.channel, i.is_reversal,
    i.counterparty_name, i.counterparty_text, i.counterparty_agent, i.purpose, i.refs,
    i.original_minor, i.original_currency, i.exchange_rate, i.balance_after_minor)
    is distinct from
    (e.counterparty_account, e.value_on, e.time_of_day, e.channel, e.is_reversal,
    e.counterparty_name, e.counterparty_text, e.counterparty_agent, e.purpose, e.refs,
    e.original_minor, e.original_currency, e.exchange_rate, e.balance_after_minor)
  on conflict on constraint entry_reading_key do nothing;
  get diagnostics kept = row_count;
  return kept;
end
$$;
revoke execute on function keep_entry_readings() from public;
grant execute on function keep_entry_readings() to moneytrail_app;
