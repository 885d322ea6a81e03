-- What matching reads of the entries that stand, with the identities of protected persons replaced. An entry
-- that several files show is read as the words that state most (v_standing_entry, v_entry_text).
create view v_linking_entry as
with numbered as materialized (
  select id, account_key, currency from v_account
), owned as materialized (
  select account, min(owner_name collate "C") as owner_name from v_statement group by account
)
select e.id, e.entry_key, e.kind, a.account_key, o.account_key as counterparty_key, e.amount_minor,
  a.currency, e.booked_on, e.value_on, e.is_reversal, e.channel,
  t.counterparty_name, w.owner_name,
  (
    select jsonb_object_agg(r.key, r.value) from jsonb_each(t.refs) r
    where r.key in (
      'uetr', 'end-to-end', 'instruction', 'transaction', 'sender', 'servicer', 'customer', 'message',
      'clearing', 'control-number', 'tx-hash', 'reference', 'transaction-number', 'cheque',
      'batch-id', 'payment-information', 'fee-of', 'charges-included')
  ) as refs,
  x.servicer_reference, t.original_minor, t.original_currency, t.exchange_rate
from v_standing_entry e
join entry x on x.id = e.id
join v_entry_text t on t.entry = e.id
join numbered a on a.id = e.account
left join numbered o on o.id = e.counterparty_account
left join owned w on w.account = e.account
where e.amount_minor <> 0;

grant select on v_linking_entry to moneytrail_app;
