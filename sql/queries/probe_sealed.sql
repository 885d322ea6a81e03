-- Must be refused: the program's role may not read identities.
select count(*) from sealed.identity;
