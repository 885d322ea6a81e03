-- A person of a matter. $1 matter, $2 code, $3 shown name, $4 is a legal person, $5 roles
insert into matter_person (matter, code, display_name, is_legal_person, roles)
values ($1, $2, $3, $4, $5);
