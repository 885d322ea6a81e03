-- The only ways in and out of the sealed schema. Each runs as moneytrail_sealed with a fixed search
-- path, so that nothing a caller puts in front of it can be mistaken for its own tables.

-- What is left of a text that no way of spelling it changes: digits and consonants without marks, each run
-- of one letter once. `Müller`, `MUELLER` and `Muller` all give `mlr`.
create function sealed.skeleton(shown text) returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select regexp_replace(
    regexp_replace(
      translate(lower(normalize(shown, nfkd)), 'łđŧßþøħıæœaeiouh', 'ldtst'),
      '[^[:alnum:]]', '', 'g'),
    '(.)\1+', '\1', 'g')
$$;

create function sealed.mask(shown text) returns text
language plpgsql stable parallel safe security definer
set search_path = sealed, pg_catalog, pg_temp
as $$
declare
  reduced text;
  known record;
begin
  if shown is null then return null; end if;
  -- Characters that nobody sees and that turn or break a word are left out wherever text is shown: they can
  -- hide a name from the comparison and a number from the reader. The received bytes keep them.
  shown := regexp_replace(
    shown, E'[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]', '', 'g');
  if not exists (select from sealed.identity) then return shown; end if;
  reduced := sealed.skeleton(shown);
  -- Longer values first, so that a full name goes before the surname alone. The order is total.
  for known in
    select i.pattern, i.replacement from sealed.identity i
    where not exists (select from unnest(i.hints) as h (part) where strpos(reduced, h.part) = 0)
    order by length(i.value) desc, i.value collate "C", i.matter collate "C", i.person collate "C"
  loop
    shown := regexp_replace(shown, known.pattern, known.replacement, 'gi');
  end loop;
  return shown;
end
$$;

-- The texts inside a JSON value masked, its numbers and keys left alone.
create function sealed.mask_json(shown jsonb) returns jsonb
language plpgsql stable parallel safe security definer
set search_path = sealed, pg_catalog, pg_temp
as $$
begin
  case jsonb_typeof(shown)
    when 'string' then return to_jsonb(sealed.mask(shown #>> '{}'));
    when 'object' then
      return (select coalesce(jsonb_object_agg(m.key, sealed.mask_json(m.value)), '{}')
        from jsonb_each(shown) m);
    when 'array' then
      return (select coalesce(jsonb_agg(sealed.mask_json(m.value) order by m.ordinality), '[]')
        from jsonb_array_elements(shown) with ordinality m);
    else return shown;
  end case;
end
$$;

-- The token that stands for a protected person's account key, or null.
create function sealed.account_token(key_hash bytea) returns text
language sql stable parallel safe security definer
set search_path = sealed, pg_catalog, pg_temp
as $$ select token from sealed.account where key_sha256 = key_hash $$;

-- What the account of a protected person is called, or null.
create function sealed.account_display(key_hash bytea) returns text
language sql stable parallel safe security definer
set search_path = sealed, pg_catalog, pg_temp
as $$ select display from sealed.account where key_sha256 = key_hash $$;

-- Adds identities. The parts that every match contains come as one text an identity, split at line ends.
create function sealed.add_identity(
  of_matter text, persons text[], kinds text[], identity_values text[], patterns text[],
  parts text[], replacements text[]
) returns bigint
language plpgsql security definer
set search_path = sealed, pg_catalog, pg_temp
as $$
declare
  added bigint;
begin
  insert into sealed.identity (matter, person, kind, value, pattern, hints, replacement)
  select of_matter, i.person, i.kind, i.value, i.pattern,
    array(select sealed.skeleton(part) from unnest(string_to_array(i.part, E'\n')) as p (part)),
    i.replacement
  from unnest(persons, kinds, identity_values, patterns, parts, replacements)
    as i (person, kind, value, pattern, part, replacement)
  on conflict on constraint identity_key do nothing;
  get diagnostics added = row_count;
  return added;
end
$$;

create function sealed.protect_account(
  of_matter text, persons text[], key_hashes bytea[], tokens text[], displays text[]
) returns bigint
language plpgsql security definer
set search_path = sealed, pg_catalog, pg_temp
as $$
declare
  added bigint;
begin
  insert into sealed.account (key_sha256, matter, person, token, display)
  select a.key_hash, of_matter, a.person, a.token, a.display
  from unnest(persons, key_hashes, tokens, displays) as a (person, key_hash, token, display)
  on conflict on constraint sealed_account_key do nothing;
  get diagnostics added = row_count;
  return added;
end
$$;

create function sealed.add_sheet(of_matter text, sheet_name text, sheet bytea) returns boolean
language plpgsql security definer
set search_path = sealed, pg_catalog, pg_temp
as $$
begin
  insert into sealed.sheet (sha256, matter, name, content)
  values (sha256(sheet), of_matter, sheet_name, sheet)
  on conflict on constraint sheet_key do nothing;
  return found;
end
$$;

-- How many sealed sheets no longer have their hash: 0 unless somebody went around the database.
create function sealed.damaged_sheets() returns bigint
language sql stable security definer
set search_path = sealed, pg_catalog, pg_temp
as $$ select count(*) from sealed.sheet where sha256 <> sha256(content) $$;

-- The program's role gets the functions and nothing else. Tables and functions then go to the sealed
-- role, the schema last; the owner of the store keeps only what its views need.
revoke all on all functions in schema sealed from public;
grant usage on schema sealed to moneytrail_app;
grant execute on all functions in schema sealed to moneytrail_app;
grant usage, create on schema sealed to moneytrail_sealed;
alter table sealed.identity owner to moneytrail_sealed;
alter table sealed.account owner to moneytrail_sealed;
alter table sealed.sheet owner to moneytrail_sealed;
alter function sealed.skeleton(text) owner to moneytrail_sealed;
alter function sealed.mask(text) owner to moneytrail_sealed;
alter function sealed.mask_json(jsonb) owner to moneytrail_sealed;
alter function sealed.account_token(bytea) owner to moneytrail_sealed;
alter function sealed.account_display(bytea) owner to moneytrail_sealed;
alter function sealed.add_identity(text, text[], text[], text[], text[], text[], text[])
  owner to moneytrail_sealed;
alter function sealed.protect_account(text, text[], bytea[], text[], text[])
  owner to moneytrail_sealed;
alter function sealed.add_sheet(text, text, bytea) owner to moneytrail_sealed;
alter function sealed.damaged_sheets() owner to moneytrail_sealed;
alter schema sealed owner to moneytrail_sealed;
set local role moneytrail_sealed;
grant usage on schema sealed to moneytrail_owner;
grant execute on function sealed.mask(text), sealed.mask_json(jsonb), sealed.account_token(bytea),
  sealed.account_display(bytea) to moneytrail_owner;
reset role;
