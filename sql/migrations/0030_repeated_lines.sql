-- Lines that several files show of one account, and that do not have one key: the same statement in two
-- formats, one reference with two amounts. Nothing is merged by itself: contradictions are kept as pairs,
-- repetitions are proposed as links of the kind `duplicate`, and count once when a person says so.

-- One own reference, account and day, and two amounts.
alter table entry_conflict drop constraint entry_conflict_reason_is_known;
alter table entry_conflict add constraint entry_conflict_reason_is_known check (reason in (
  'same key, other content', 'same servicer reference, other amount or day',
  'same reference and day, other amount'));
create index entry_conflict_by_second on entry_conflict (second_entry);

-- Records pairs from two files where the record's own reference is the same on one day of one account, once
-- in each file, and the amount is not. Every place counts, also that of an entry that was known: so the pairs
-- do not depend on the order of files. A reference can name people: the comparison is made here.
create function keep_reference_conflicts() returns bigint
language plpgsql security definer
set search_path = public, pg_catalog, pg_temp
as $$
declare
  kept bigint;
begin
  with own as (
    select i.account, i.booked_on, i.refs ->> 'reference' as reference,
      min(coalesce(i.known, i.id)) as entry
    from pg_temp.incoming i
    where i.kind = 'booked' and i.refs ->> 'reference' <> ''
    group by i.account, i.booked_on, i.refs ->> 'reference'
    having count(*) = 1
  ), other as (
    select n.entry, s.file, min(o.id) as other
    from own n
    join entry o on o.account = n.account and o.booked_on = n.booked_on
      and o.refs ->> 'reference' = n.reference
    cross join lateral (
      select o.statement union select p.statement from entry_place p where p.entry = o.id) shown
    join statement s on s.id = shown.statement
    where o.kind = 'booked'
      and s.file <> (
        select f.file from pg_temp.incoming j join statement f on f.id = j.statement limit 1)
    group by n.entry, s.file
    having count(*) = 1
  )
  insert into entry_conflict (first_entry, second_entry, reason)
  select distinct least(a.id, b.id), greatest(a.id, b.id), 'same reference and day, other amount'
  from other c
  join entry a on a.id = c.entry
  join entry b on b.id = c.other
  where a.amount_minor <> b.amount_minor
  on conflict on constraint entry_conflict_key do nothing;
  get diagnostics kept = row_count;
  return kept;
end
$$;
revoke execute on function keep_reference_conflicts() from public;
grant execute on function keep_reference_conflicts() to moneytrail_app;

alter table link drop constraint link_kind_is_known;
alter table link add constraint link_kind_is_known check (kind in (
  'two-legs', 'batch', 'message', 'report', 'declaration', 'notification', 'same-movement', 'reply',
  'duplicate'));
create index link_of_duplicates on link (id) where kind = 'duplicate' and status = 'matched';

-- Entries that a standing file shows, as it reads them; also those that repeat another (as 0022 had it).
create view v_shown_entry as
select e.id, e.entry_key, e.account, e.counterparty_account, e.amount_minor, e.booked_on, e.value_on,
  e.time_of_day, e.statement, e.position, e.channel, e.kind, e.is_reversal
from entry e
where ((select not exists (select from withdrawn_file))
    or e.statement not in (select id from withdrawn_statement)
    or exists (
      select from entry_place p
      where p.entry = e.id and p.statement not in (select id from withdrawn_statement)))
  and ((select not exists (select from entry_reading))
    or e.id not in (select entry from entry_reading))
union all
select e.id, e.entry_key, e.account, r.counterparty_account, e.amount_minor, e.booked_on, r.value_on,
  r.time_of_day, e.statement, e.position, r.channel, e.kind, r.is_reversal
from v_entry_reading r
join entry e on e.id = r.entry;

-- Entries that a person said repeat another one, as long as that one is shown.
create view duplicate_entry as
select t.entry
from active_link l
join link_member t on t.link = l.id and not t.is_from
join link_member f on f.link = l.id and f.is_from
where l.kind = 'duplicate' and l.status = 'matched' and t.entry is not null
  and exists (select from v_shown_entry e where e.id = f.entry);

-- Entries that count: shown, and no repetition of another.
create or replace view v_standing_entry as
select e.id, e.entry_key, e.account, e.counterparty_account, e.amount_minor, e.booked_on, e.value_on,
  e.time_of_day, e.statement, e.position, e.channel, e.kind, e.is_reversal
from v_shown_entry e
where (select not exists (select from duplicate_entry))
  or e.id not in (select entry from duplicate_entry);

create or replace view active_transfer as
select t.id, t.debit, t.credit, t.reasons
from transfer t
where not exists (select from transfer_withdrawn w where w.transfer = t.id)
  and ((select not exists (select from withdrawn_file)
      and not exists (select from duplicate_entry))
    or (exists (select from v_standing_entry e where e.id = t.debit)
      and exists (select from v_standing_entry e where e.id = t.credit)));

-- As before (0026), over what is shown: what repeats another line has to be met again by every matching.
create or replace view v_linking_entry as
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
from v_shown_entry e
join entry x on x.id = e.id
join v_entry_text t on t.entry = e.id
join numbered a on a.id = e.account
left join numbered o on o.id = e.counterparty_account
left join owned w on w.account = e.account
where e.amount_minor <> 0;

grant select on v_shown_entry, duplicate_entry to moneytrail_app;
