-- Seals identities. $1 matter, $2 persons, $3 kinds, $4 values, $5 patterns, $6 parts that every match
-- contains, one a line, $7 replacements
select sealed.add_identity($1, $2, $3, $4, $5, $6, $7);
