-- Keeps a matter as its sheet states it. $1 code, $2 file, $3 document
insert into matter (code, file, document)
values ($1, $2, $3)
on conflict on constraint matter_sheet_is_unique do nothing
returning id;
