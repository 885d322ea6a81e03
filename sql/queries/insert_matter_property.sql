-- A property item of a matter. $1 matter, $2 code, $3 kind, $4 description
insert into matter_property (matter, code, kind, description)
values ($1, $2, $3, $4);
