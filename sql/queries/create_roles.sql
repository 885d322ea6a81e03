-- Makes the three roles of a store, run once by an administrator of the server; idempotent.
-- moneytrail_owner owns the tables and runs migrations; moneytrail_app is the program's own, least
-- privileged role; moneytrail_sealed owns the identities and is nobody's to sign in with.
do $$
begin
  if not exists (select from pg_roles where rolname = 'moneytrail_sealed') then
    create role moneytrail_sealed nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'moneytrail_owner') then
    create role moneytrail_owner login noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'moneytrail_app') then
    create role moneytrail_app login noinherit;
  end if;
  grant moneytrail_sealed to moneytrail_owner;
end
$$;
