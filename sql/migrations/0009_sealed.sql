-- Identities of protected persons. Only the role moneytrail_sealed, which nobody signs in as, reads
-- these tables; everyone else sees texts through sealed.mask. Identities may be added, never changed.
create schema sealed;

create table sealed.identity (
  matter text not null,
  person text not null,
  kind text not null constraint identity_kind_is_known
    check (kind in ('name', 'account', 'phone', 'document', 'address', 'other')),
  value text not null constraint identity_value_is_long_enough check (length(value) >= 3),
  -- A regular expression that finds the value however banks space, case and accent it.
  pattern text not null,
  -- The parts every match contains, reduced by sealed.skeleton: a cheap test before the expression.
  hints text[] not null,
  replacement text not null constraint identity_replacement_is_plain
    check (replacement ~ '^[A-Za-z0-9 ()/._-]{1,60}$'),
  constraint identity_key primary key (matter, person, kind, value)
);
select make_append_only('sealed.identity');

-- Accounts of protected persons, by the hash of the account key.
create table sealed.account (
  key_sha256 bytea not null constraint sealed_account_key primary key,
  matter text not null,
  person text not null,
  token text not null constraint sealed_account_token_is_unique unique,
  display text not null
);
select make_append_only('sealed.account');

-- The sheets that link pseudonyms to people, as received.
create table sealed.sheet (
  sha256 bytea not null constraint sheet_key primary key,
  matter text not null,
  name text not null,
  content bytea not null,
  stored_at timestamptz not null default now(),
  constraint sheet_sha256_is_of_the_content check (sha256 = sha256(content))
);
select make_append_only('sealed.sheet');
