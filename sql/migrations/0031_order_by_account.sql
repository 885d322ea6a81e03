-- The order of entries as before (0022), so that what is asked of one account is worked out for that account
-- only: every part of the view carries the account. Lines that repeat another one (0030) have no place in it.
create or replace view v_entry_order as
with contested as (
  select account, booked_on
  from v_entry_place
  group by account, booked_on
  having min(statement) <> max(statement)
), shown as (
  select p.entry, p.account, f.sha256, s.place_in_file, p.position, p.statement, p.locator,
    p.locator_ordinal, p.byte_offset,
    count(*) over (partition by p.account, p.booked_on, p.statement) as of_the_day
  from v_standing_place p
  join contested c on c.account = p.account and c.booked_on = p.booked_on
  join statement s on s.id = p.statement
  join received_file f on f.id = s.file
), best as (
  select distinct on (account, entry) *
  from shown
  order by account, entry, of_the_day desc, sha256, place_in_file, position
)
select e.id as entry, e.account,
  row_number() over (
    partition by e.account
    order by e.booked_on, b.of_the_day desc, b.sha256, b.place_in_file,
      coalesce(b.position, e.position), e.entry_key
  )::int as sequence,
  coalesce(b.statement, e.statement) as statement, coalesce(b.locator, e.locator) as locator,
  coalesce(b.locator_ordinal, e.locator_ordinal) as locator_ordinal,
  case when b.entry is null then e.byte_offset else b.byte_offset end as byte_offset,
  e.booked_on
from entry e
left join best b on b.account = e.account and b.entry = e.id
where e.kind = 'booked'
  and ((select not exists (select from withdrawn_file))
    or b.entry is not null or e.statement not in (select id from withdrawn_statement))
  and ((select not exists (select from duplicate_entry))
    or e.id not in (select entry from duplicate_entry));

-- What a place reads otherwise than the entry's row, but for its words: these stay masked in v_entry_text.
grant select (entry, counterparty_account, value_on, time_of_day, channel, is_reversal)
  on v_entry_reading to moneytrail_app;
