-- Two entries on two accounts that are the two legs of one movement. A pair that later evidence makes
-- ambiguous is withdrawn by a record of its own; the pair itself stays.
create table transfer (
  id bigint generated always as identity constraint transfer_key primary key,
  debit bigint not null constraint transfer_debit_is_an_entry references entry,
  credit bigint not null constraint transfer_credit_is_an_entry references entry,
  reasons text[] not null constraint transfer_has_reasons check (cardinality(reasons) > 0),
  stored_at timestamptz not null default now(),
  constraint transfer_joins_two check (debit <> credit)
);
select make_append_only('transfer');
create index transfer_by_debit on transfer (debit);
create index transfer_by_credit on transfer (credit);

create table transfer_withdrawn (
  transfer bigint not null constraint transfer_withdrawn_key primary key
    constraint transfer_withdrawn_is_of_a_transfer references transfer,
  reason text not null,
  stored_at timestamptz not null default now()
);
select make_append_only('transfer_withdrawn');

-- The pairs that stand.
create view active_transfer as
select t.id, t.debit, t.credit, t.reasons
from transfer t
where not exists (select from transfer_withdrawn w where w.transfer = t.id);

-- Entries that could be two legs of one movement: same amount and currency, opposite sign, at least one
-- names the account of the other and neither names a third, booked at most 3 days apart (formats.md
-- §3.6; 3 days is our own settlement window). Only a pair that is each other's single choice is one.
create view v_transfer_candidate as
with leg as (
  select e.id, e.account, e.counterparty_account as other, e.amount_minor, e.booked_on, e.is_reversal
  from entry e
  where e.kind = 'booked' and e.amount_minor <> 0
), pair as (
  select d.id as debit, c.id as credit, abs(c.booked_on - d.booked_on) as days_apart,
    true as debit_names, c.other is not null as credit_names
  from leg d
  join leg c on c.account = d.other and c.amount_minor = -d.amount_minor
  where d.amount_minor < 0 and c.account <> d.account and c.is_reversal = d.is_reversal
    and c.booked_on between d.booked_on - 3 and d.booked_on + 3
    and (c.other is null or c.other = d.account)
  union all
  select d.id, c.id, abs(c.booked_on - d.booked_on), false, true
  from leg c
  join leg d on d.account = c.other and d.amount_minor = -c.amount_minor
  where c.amount_minor > 0 and c.account <> d.account and c.is_reversal = d.is_reversal
    and c.booked_on between d.booked_on - 3 and d.booked_on + 3
    and d.other is null
)
select debit, credit, days_apart, debit_names, credit_names,
  count(*) over (partition by debit) as debit_choices,
  count(*) over (partition by credit) as credit_choices
from pair;
