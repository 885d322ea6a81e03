-- An event of a matter. $1 matter, $2 code, $3 kind, $4 first day, $5 last day
insert into matter_event (matter, code, kind, first_on, last_on)
values ($1, $2, $3, $4, $5);
