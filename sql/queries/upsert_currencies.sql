-- Makes currencies known. $1 codes, $2 exponents
insert into currency (code, exponent)
select c.code, c.exponent::smallint
from unnest($1::text[], $2::int[]) as c (code, exponent)
where not exists (select from currency k where k.code = c.code)
order by c.code collate "C"
on conflict on constraint currency_key do nothing;
