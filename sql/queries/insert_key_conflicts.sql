-- Records pairs with one key and different content.
insert into entry_conflict (first_entry, second_entry, reason)
select distinct least(conflicts_with, coalesce(known, id)),
  greatest(conflicts_with, coalesce(known, id)), 'same key, other content'
from incoming
where conflicts_with is not null
on conflict on constraint entry_conflict_key do nothing;
