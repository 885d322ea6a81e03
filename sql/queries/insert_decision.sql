-- Records what a person decided. $1 subject, $2 verdict, $3 reason, $4 author
insert into decision (subject, verdict, reason, author)
values ($1, $2, $3, $4);
