-- The hash of a file's bytes, computed anew. $1 file
select file_sha256($1);
