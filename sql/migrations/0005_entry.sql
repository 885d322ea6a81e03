-- One booked line of one account (or a pending, intended or declared one, which never moves money).
--
-- entry_key is the head of SHA-256 over account key and transaction key: the same content has the same
-- key in every store, which is what makes a second import add nothing. The place where the entry was
-- first read stands in its row; further places, met in overlapping files, stand in entry_place.
--
-- Numbers are given by the import that holds the import lock: the greatest there is and one more. The
-- key is unique with its account before it, which adds no freedom (the account is part of what is
-- hashed) and keeps the entries of one account together in the index: random keys alone would cost more
-- than all the rest of an import.
create table entry (
  id bigint constraint entry_id_key primary key,
  entry_key uuid not null,
  account bigint not null,
  counterparty_account bigint,
  amount_minor bigint not null,
  booked_on date,
  value_on date,
  time_of_day int constraint entry_time_is_within_a_day check (time_of_day between 0 and 86400),
  statement bigint not null,
  position int not null,
  locator_ordinal bigint not null,
  byte_offset bigint,
  channel smallint not null,
  kind text not null constraint entry_kind_is_known check (
    kind in ('booked', 'pending', 'info', 'future', 'instruction', 'report', 'declared')),
  is_reversal boolean not null,
  locator text not null,
  servicer_reference text,
  -- The words of an entry, which can name people: the program's role writes them and reads v_entry_text.
  counterparty_name text,
  counterparty_text text,
  counterparty_agent text,
  purpose text,
  refs jsonb,
  original_minor bigint,
  original_currency text,
  exchange_rate text,
  balance_after_minor bigint,
  constraint entry_is_unique unique (account, entry_key),
  constraint entry_booked_has_a_day check (kind <> 'booked' or booked_on is not null)
);
select make_append_only('entry');
create index entry_by_account on entry (account, booked_on);
create index entry_by_servicer_reference on entry (account, servicer_reference)
  where servicer_reference is not null;

-- Every further place an entry was read at.
create table entry_place (
  entry bigint not null,
  statement bigint not null,
  position int not null,
  locator_ordinal bigint not null,
  byte_offset bigint,
  locator text not null,
  constraint entry_place_key primary key (entry, statement, position)
);
select make_append_only('entry_place');

-- Two records that claim the same identity and do not agree. Both are kept; only a recorded decision
-- of a person takes one out of totals.
create table entry_conflict (
  first_entry bigint not null,
  second_entry bigint not null,
  reason text not null constraint entry_conflict_reason_is_known
    check (reason in ('same key, other content', 'same servicer reference, other amount or day')),
  constraint entry_conflict_key primary key (first_entry, second_entry),
  constraint entry_conflict_joins_two check (first_entry < second_entry)
);
select make_append_only('entry_conflict');
