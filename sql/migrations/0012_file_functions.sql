-- The bytes of received files name people, so the program's role never reads them. It may ask for one
-- line with identities masked, and for the hash computed anew from the bytes.
create function file_sha256(of_file bigint) returns bytea
language sql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$ select sha256(content) from received_file where id = of_file $$;

-- Text of bytes whose encoding is not recorded: UTF-8 when it is that, else Windows-1252.
create function bytes_as_text(piece bytea) returns text
language plpgsql immutable parallel safe
as $$
begin
  return convert_from(piece, 'UTF8');
exception when others then
  begin
    return convert_from(piece, 'WIN1252');
  exception when others then
    return null;
  end;
end
$$;

-- One line (from 1) of a received file, masked, at most 2000 characters. Null when there is none.
create function file_line(of_file bigint, line bigint) returns text
language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
declare
  lines text[];
begin
  select regexp_split_to_array(bytes_as_text(content), '\r\n|\n|\r') into lines
  from received_file where id = of_file;
  return left(sealed.mask(lines[line]), 2000);
end
$$;

-- Some bytes of a received file as text, masked, from an offset (from 0) to the end of the line.
create function file_excerpt(of_file bigint, byte_offset bigint) returns text
language plpgsql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
declare
  piece bytea;
  line_end int;
begin
  if byte_offset < 0 or byte_offset > 2147483000 then return null; end if;
  select substring(content from byte_offset::int + 1 for 8000) into piece
  from received_file where id = of_file;
  line_end := position('\x0a'::bytea in piece);
  if line_end > 0 then piece := substring(piece from 1 for line_end - 1); end if;
  return left(sealed.mask(rtrim(bytes_as_text(piece), E'\r')), 2000);
end
$$;

-- Lines of a received file, for checking that every place named in it exists. Null when it is no text.
create function file_line_count(of_file bigint) returns bigint
language sql stable security definer
set search_path = public, pg_catalog, pg_temp
as $$
  select cardinality(regexp_split_to_array(bytes_as_text(content), '\r\n|\n|\r'))
  from received_file where id = of_file
$$;
