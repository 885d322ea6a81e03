-- What people decided about links, apart from what was derived: accepted, refused, or a decision taken back.
-- Kept by content (the hash of kind and members' keys), so that a decision holds again after every import, in
-- any order, and even before the records it is about are there. The last word counts; all of them stay.
create table link_decision (
  id bigint generated always as identity constraint link_decision_key primary key,
  identity text not null,
  sha256 bytea not null constraint link_decision_hash_is_of_the_identity
    check (sha256 = sha256(convert_to(identity, 'UTF8'))),
  verdict text not null constraint link_decision_verdict_is_known
    check (verdict in ('accept', 'refuse', 'undo')),
  author text not null constraint link_decision_has_an_author check (author <> ''),
  reason text not null constraint link_decision_has_a_reason check (reason <> ''),
  decided_at timestamptz not null default now()
);
select make_append_only('link_decision');
create index link_decision_by_hash on link_decision (sha256);

-- A person's words can name a protected person.
create view v_link_decision as
select d.id, d.identity, d.sha256, d.verdict, sealed.mask(d.author) as author,
  sealed.mask(d.reason) as reason, d.decided_at
from link_decision d;

-- The word that stands about each link; none where it was taken back.
create view standing_link_decision as
select sha256, identity, verdict
from (
  select distinct on (sha256) sha256, identity, verdict
  from link_decision
  order by sha256, id desc
) last
where verdict <> 'undo';

grant insert on link_decision to moneytrail_app;
grant select (id, identity, sha256, verdict, decided_at) on link_decision to moneytrail_app;
grant select on v_link_decision, standing_link_decision to moneytrail_app;
