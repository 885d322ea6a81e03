-- Accounts with the number of their currency, in an order that comes from their content.
select a.id, c.number
from account a
join currency c on c.code = a.currency
order by a.key_sha256, a.currency collate "C";
