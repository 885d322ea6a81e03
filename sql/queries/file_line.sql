-- One line of a file as it may be shown. $1 file, $2 line
select file_line($1, $2);
