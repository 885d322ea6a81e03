-- The links that stand, with the last word of a person. In the order of the first day and of the members' keys,
-- which is the same in every store. $1 kind or null, $2 status or null, $3 beginning of the hash in
-- hexadecimal or null
select l.sha256, l.identity, l.kind, l.status, l.evidence, l.content::text, d.verdict
from active_link l
left join standing_link_decision d on d.sha256 = l.sha256
where ($1::text is null or l.kind = $1)
  and ($2::text is null or l.status = $2)
  and ($3::text is null or encode(l.sha256, 'hex') like $3 || '%')
order by (
  select min(m ->> 'day')
  from jsonb_array_elements((l.content -> 'from') || (l.content -> 'to')) as x (m)
), l.identity collate "C";
