-- Which records tell of one movement, and why: the two legs of a transfer, messages and reports with their
-- bookings, announcements, replies. A link adds no money. Derived from all records at once and kept under the
-- hash of its kind and its members' content keys, so that one case gives one key in every store. A link that
-- later evidence changes or makes ambiguous is withdrawn by a record of its own; it stays readable.
create table link (
  id bigint generated always as identity constraint link_key primary key,
  -- Kind and members' content keys, and its hash.
  identity text not null,
  sha256 bytea not null constraint link_hash_is_of_the_identity
    check (sha256 = sha256(convert_to(identity, 'UTF8'))),
  kind text not null constraint link_kind_is_known check (kind in (
    'two-legs', 'batch', 'message', 'report', 'declaration', 'notification', 'same-movement', 'reply')),
  status text not null constraint link_status_is_known
    check (status in ('matched', 'proposal', 'contradicted', 'refused')),
  evidence text not null,
  -- Members' keys, amounts and days, the constraints as sentences, fees, rate. No name, no account number.
  content jsonb not null,
  -- Of the content as it was written, to know a link that says something else.
  content_sha256 bytea not null,
  stored_at timestamptz not null default now()
);
select make_append_only('link');
create index link_by_hash on link (sha256);

create table link_member (
  link bigint not null constraint link_member_is_of_a_link references link,
  is_from boolean not null,
  position int not null,
  -- `entry:` or `record:` and the content key.
  member_key text not null,
  entry bigint constraint link_member_is_an_entry references entry,
  constraint link_member_key primary key (link, is_from, position),
  constraint link_member_entry_is_named check ((entry is not null) = (member_key like 'entry:%'))
);
select make_append_only('link_member');
create index link_member_by_entry on link_member (entry) where entry is not null;

create table link_withdrawn (
  link bigint not null constraint link_withdrawn_key primary key
    constraint link_withdrawn_is_of_a_link references link,
  reason text not null,
  stored_at timestamptz not null default now()
);
select make_append_only('link_withdrawn');

-- The links that stand.
create view active_link as
select l.id, l.identity, l.sha256, l.kind, l.status, l.evidence, l.content, l.content_sha256
from link l
where not exists (select from link_withdrawn w where w.link = l.id);

-- The pairs of entries that stand as the two legs of one transfer: matched, one to one, equal amounts of one
-- currency. Charges and exchange make two legs one movement too, and no transfer of one amount.
create view v_linked_transfer as
select l.id as link, d.entry as debit, c.entry as credit, l.evidence,
  (l.content ->> 'daysApart')::int as days_apart, l.content -> 'constraints' as constraints
from active_link l
join link_member d on d.link = l.id and d.is_from
join link_member c on c.link = l.id and not c.is_from
join v_standing_entry de on de.id = d.entry
join v_standing_entry ce on ce.id = c.entry
join account da on da.id = de.account
join account ca on ca.id = ce.account
where l.kind = 'two-legs' and l.status = 'matched' and da.currency = ca.currency
  and de.amount_minor = -ce.amount_minor and de.account <> ce.account;

grant insert on link, link_member, link_withdrawn to moneytrail_app;
grant select on link, link_member, link_withdrawn, active_link, v_linked_transfer to moneytrail_app;
