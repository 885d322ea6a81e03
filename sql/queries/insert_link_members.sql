-- Adds the members of links just added: those that stand and have none. $1 hashes of the links, $2 1 for the from
-- side and 0 for the other, $3 positions, $4 member keys, $5 entries, 0 for none
insert into link_member (link, is_from, position, member_key, entry)
select l.id, m.side = 1, m.position, m.member_key, nullif(m.entry, 0)
from unnest($1::bytea[], $2::int[], $3::int[], $4::text[], $5::bigint[])
  with ordinality as m (sha256, side, position, member_key, entry, number)
join active_link l on l.sha256 = m.sha256
where not exists (select from link_member known where known.link = l.id)
order by m.number;
