-- What an account is called must not depend on which file came first. Each statement keeps the number
-- and the institution as it states them, and every further spelling of a number is kept; of several the
-- first in byte order is shown, that of the account's own statements before that of others.
alter table statement
  add column account_text text,
  add column institution text;

create table account_word (
  account bigint not null constraint account_word_is_of_an_account references account,
  account_text text not null,
  constraint account_word_key primary key (account, account_text)
);
select make_append_only('account_word');

-- The numbers are texts that the program's role may not read, so it hands over what a file says and this
-- keeps what is new.
create function keep_account_words(key_hashes bytea[], currencies text[], words text[]) returns void
language sql security definer
set search_path = public, pg_catalog, pg_temp
as $$
  insert into account_word (account, account_text)
  select a.id, w.word
  from unnest(key_hashes, currencies, words) as w (key_sha256, currency, word)
  join account a on a.key_sha256 = w.key_sha256 and a.currency = w.currency
  where a.account_text <> w.word
  order by a.id, w.word collate "C"
  on conflict on constraint account_word_key do nothing
$$;
revoke execute on function keep_account_words(bytea[], text[], text[]) from public;
grant execute on function keep_account_words(bytea[], text[], text[]) to moneytrail_app;

create or replace view v_account as
select a.id, a.key_sha256, a.currency,
  coalesce(sealed.account_token(a.key_sha256), a.account_key) as account_key,
  coalesce(
    sealed.account_display(a.key_sha256),
    sealed.mask(coalesce(
      (select min(s.account_text collate "C") from statement s
        where s.account = a.id
          and ((select not exists (select from withdrawn_file))
            or s.file not in (select file from withdrawn_file))),
      least(
        a.account_text collate "C",
        (select min(w.account_text collate "C") from account_word w where w.account = a.id))
    ) collate "default")) as display,
  coalesce(
    (select min(s.institution collate "C") from statement s
      where s.account = a.id
        and ((select not exists (select from withdrawn_file))
          or s.file not in (select file from withdrawn_file))),
    a.institution) collate "default" as institution,
  exists (
    select from statement s
    where s.account = a.id
      and ((select not exists (select from withdrawn_file))
        or s.file not in (select file from withdrawn_file))) as has_statements
from account a;
