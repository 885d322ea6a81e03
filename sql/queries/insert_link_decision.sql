-- Keeps what a person decided about a link. $1 identity, $2 its hash, $3 verdict, $4 author, $5 reason
insert into link_decision (identity, sha256, verdict, author, reason)
values ($1, $2, $3, $4, $5);
