-- Lists the same bytes under another name or mark. $1 file, $2 name, $3 exhibit, $4 authority,
-- $5 custodian, $6 day received
insert into received_copy (file, name, exhibit, authority, custodian, received_on)
values ($1, $2, $3, $4, $5, $6);
