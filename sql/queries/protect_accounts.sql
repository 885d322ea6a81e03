-- Seals accounts. $1 matter, $2 persons, $3 key hashes, $4 tokens, $5 shown names
select sealed.protect_account($1, $2, $3, $4, $5);
