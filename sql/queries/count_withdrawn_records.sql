-- What else a withdrawn file brought: its statements; payment records that no longer count and those that
-- another file still shows; the same of entities; matters whose sheet it is. $1 file
select
  (select count(*) from statement where file = $1),
  count(*) filter (where kind = 'payment' and not stands),
  count(*) filter (where kind = 'payment' and stands),
  count(*) filter (where kind = 'entity' and not stands),
  count(*) filter (where kind = 'entity' and stands),
  (select count(*) from matter where file = $1)
from (
  select distinct 'payment' as kind, p.record, exists (
      select from v_payment_place t where t.record = p.record) as stands
  from payment_place p
  where p.file = $1
  union all
  select distinct 'entity', p.entity, exists (
      select from v_entity_place t where t.entity = p.entity)
  from entity_place p
  where p.file = $1
) r;
