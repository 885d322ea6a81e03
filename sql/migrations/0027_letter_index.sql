-- Names that differ by a slip of the hand are found by the letter groups they share. The extension is
-- part of PostgreSQL's own contributed modules and trusted: the owner of the database may create it.
create extension if not exists pg_trgm with schema public;
