-- Places of names that share enough of their letters, each pair once.
select a.place, b.place
from party_name a
join party_name b on a.name_key % b.name_key and a.place < b.place
where a.name_key <> b.name_key
order by a.place, b.place;
