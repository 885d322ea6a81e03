-- Keeps where the payment records were read. $1 file
insert into payment_place (record, file, locator_ordinal, locator, byte_offset)
select r.id, $1, i.locator_ordinal, i.locator, i.byte_offset
from incoming_payment i
join payment_record r on r.record_key = i.record_key
order by i.number;
