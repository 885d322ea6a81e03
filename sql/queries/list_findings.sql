-- Findings by their codes, in the order given. $1 codes
select f.document::text
from unnest($1::text[]) with ordinality as c (code, place)
join finding f on f.code = c.code
order by c.place;
