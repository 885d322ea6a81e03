-- Records a migration in the transaction that applies it.
-- $1 number, $2 name, $3 SHA-256 of the file
insert into migration (number, name, sha256)
values ($1, $2, $3);
