-- The line of a file that holds a byte, as it may be shown. $1 file, $2 byte offset
select file_excerpt($1, $2);
