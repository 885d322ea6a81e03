-- Names at accounts, as statements and entries give them, by account, then name. $1 rows
select n.account_key, n.name, bool_or(n.is_holder), jsonb_agg(distinct jsonb_build_object(
    'file', encode(f.sha256, 'hex'), 'label', coalesce(f.exhibit, f.name),
    'locator', jsonb_build_object('text', n.locator, 'ordinal', n.locator_ordinal)))
from v_named_party n
join v_received_file f on f.id = n.file
group by n.account_key, n.name
order by n.account_key collate "C" nulls last, n.name collate "C"
limit $1;
