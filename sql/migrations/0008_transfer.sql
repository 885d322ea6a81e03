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
