-- What the program may ask about a received file, for files in one piece and files in parts alike: the
-- hash computed anew, one line, some bytes, how many lines. The bytes themselves stay out of its reach.

-- The hash of the bytes. Up to 256 MiB it is computed over all of them. A longer file is not gathered in
-- memory: each part is hashed anew and the hashes are tied together by parts_sha256, which was made of the
-- same bytes; if all that holds, it is the hash recorded, else another one.
create or replace function file_sha256(of_file bigint) returns bytea
language sql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
  select case
    when f.content is not null then sha256(f.content)
    when f.byte_count <= 268435456 then (
      select sha256(string_agg(p.content, ''::bytea order by p.number))
      from received_part p where p.file = f.id)
    when (
      select sha256(string_agg(sha256(p.content), ''::bytea order by p.number)) = f.parts_sha256
        and sum(octet_length(p.content)) = f.byte_count
      from received_part p where p.file = f.id) then f.sha256
    else sha256(''::bytea)
  end
  from received_file f where f.id = of_file
$$;

-- A text cut at its line ends: LF, CRLF and CR.
create function text_lines(of_text text) returns text[]
language sql immutable parallel safe
as $$
  select case of_text
    when '' then array['']
    else string_to_array(replace(replace(of_text, E'\r\n', E'\n'), E'\r', E'\n'), E'\n')
  end
$$;

-- One line (from 1) of a received file, masked, at most 2000 characters. Null when there is none. In a
-- file of parts the line begins in the last part that begins before it, or at the start of the next.
create or replace function file_line(of_file bigint, line bigint) returns text
language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
declare
  piece bytea;
  part int;
  before bigint := 1;
begin
  if line < 1 then return null; end if;
  select content into piece from received_file where id = of_file;
  if piece is null then
    select p.number, p.first_line into part, before
    from received_part p
    where p.file = of_file and (p.first_line < line or p.number = 0)
    order by p.number desc limit 1;
    select string_agg(p.content, ''::bytea order by p.number) into piece
    from received_part p
    where p.file = of_file and p.number between part and part + 1;
  end if;
  return left(sealed.mask((text_lines(bytes_as_text(piece)))[line - before + 1]), 2000);
end
$$;

-- Some bytes of a received file as text, masked, from an offset (from 0) to the end of the line.
create or replace function file_excerpt(of_file bigint, byte_offset bigint) returns text
language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
declare
  piece bytea;
  following bytea;
  part int;
  line_end int;
begin
  if byte_offset < 0 then return null; end if;
  if exists (select from received_part where file = of_file) then
    select p.number, substring(p.content from (byte_offset - p.start_at)::int + 1 for 8000)
    into part, piece
    from received_part p
    where p.file = of_file and p.start_at <= byte_offset
      and byte_offset < p.start_at + octet_length(p.content)
    order by p.number desc limit 1;
    if octet_length(piece) < 8000 then
      select substring(p.content from 1 for 8000 - octet_length(piece)) into following
      from received_part p
      where p.file = of_file and p.number = part + 1;
      piece := piece || coalesce(following, ''::bytea);
    end if;
  elsif byte_offset <= 2147483000 then
    select substring(content from byte_offset::int + 1 for 8000) into piece
    from received_file where id = of_file;
  end if;
  line_end := position('\x0a'::bytea in piece);
  if line_end > 0 then piece := substring(piece from 1 for line_end - 1); end if;
  return left(sealed.mask(rtrim(bytes_as_text(piece), E'\r')), 2000);
end
$$;

-- Lines of a received file, for checking that every place named in it exists. Null when it is no text.
create or replace function file_line_count(of_file bigint) returns bigint
language sql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
  select case
    when f.content is not null then cardinality(text_lines(bytes_as_text(f.content)))::bigint
    else (
      select p.first_line - 1 + cardinality(text_lines(bytes_as_text(p.content)))
      from received_part p where p.file = f.id order by p.number desc limit 1)
  end
  from received_file f where f.id = of_file
$$;

revoke execute on function text_lines(text) from public;
