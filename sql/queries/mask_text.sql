-- A text as it may be shown. $1 text
select sealed.mask($1);
