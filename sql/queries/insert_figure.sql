-- Keeps a figure of a document. $1 code, $2 document, $3 matter, $4 amount, $5 currency, $6 exponent,
-- $7 label, $8 derivation
insert into figure (code, document, matter, amount_minor, currency, exponent, label, derivation)
values ($1, $2, $3, $4, $5, $6::smallint, $7, $8)
on conflict on constraint figure_key do nothing;
