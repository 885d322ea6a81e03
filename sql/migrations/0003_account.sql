-- Units of value, with the decimals of the minor unit; number is a handle the trail keeps in 16 bits.
create table currency (
  code text constraint currency_key primary key,
  number smallint generated always as identity constraint currency_number_is_unique unique,
  exponent smallint not null constraint currency_exponent_is_0_to_18 check (exponent between 0 and 18)
);
select make_append_only('currency');

-- An account in one currency, found by the hash of its canonical key. Key and number can be those of a
-- protected person, so the program's role may write but not read them; it reads v_account.
create table account (
  id bigint generated always as identity constraint account_key primary key,
  key_sha256 bytea not null,
  currency text not null constraint account_currency_is_known references currency,
  account_key text not null,
  account_text text not null,
  institution text,
  constraint account_is_unique_per_currency unique (key_sha256, currency),
  constraint account_key_hash_is_of_the_key check (key_sha256 = sha256(convert_to(account_key, 'UTF8')))
);
select make_append_only('account');
