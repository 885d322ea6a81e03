-- Keeps where the stated entities were read. $1 file
insert into entity_place (entity, file, locator_ordinal, locator)
select e.id, $1, i.locator_ordinal, i.locator
from incoming_entity i
join stated_entity e on e.entity_key = i.entity_key
order by i.number;
