-- Entries as the matching of links reads them: masked texts, the account key of either side, the owner's name.
-- Of several names that statements give an owner, the first in byte order, whatever came first.
create view v_linking_entry as
with numbered as materialized (
  select id, account_key, currency from v_account
), owned as materialized (
  select account, min(owner_name collate "C") as owner_name from v_statement group by account
)
select e.id, e.entry_key, e.kind, a.account_key, o.account_key as counterparty_key, e.amount_minor,
  a.currency, e.booked_on, e.value_on, e.is_reversal, e.channel,
  sealed.mask(e.counterparty_name) as counterparty_name, w.owner_name,
  case when e.refs is null then null else sealed.mask_json((
    select jsonb_object_agg(r.key, r.value) from jsonb_each(e.refs) r
    where r.key in (
      'uetr', 'end-to-end', 'instruction', 'transaction', 'sender', 'servicer', 'customer', 'message',
      'clearing', 'control-number', 'tx-hash', 'reference', 'transaction-number', 'cheque',
      'batch-id', 'payment-information', 'fee-of', 'charges-included')))
  end as refs,
  e.servicer_reference, e.original_minor, e.original_currency, e.exchange_rate
from entry e
join numbered a on a.id = e.account
left join numbered o on o.id = e.counterparty_account
left join owned w on w.account = e.account
where e.amount_minor <> 0;

grant select on v_linking_entry to moneytrail_app;
