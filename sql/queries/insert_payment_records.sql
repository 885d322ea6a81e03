-- Adds the payment records that are new, each once.
insert into payment_record (record_key, content, executed_on, value_on)
select distinct on (record_key) record_key, content, executed_on, value_on
from incoming_payment
order by record_key, number
on conflict on constraint payment_record_is_unique do nothing;
