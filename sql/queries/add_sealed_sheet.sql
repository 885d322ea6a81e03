-- Seals a sheet that links pseudonyms to people. $1 matter, $2 name, $3 bytes
select sealed.add_sheet($1, $2, $3);
