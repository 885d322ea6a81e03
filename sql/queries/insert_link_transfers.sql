-- Makes a transfer of each matched pair of legs with one amount that is none yet.
insert into transfer (debit, credit, reasons)
select v.debit, v.credit,
  array[
    'same amount and currency, opposite sign',
    coalesce((
      select string_agg(c ->> 'text', '; ' order by n)
      from jsonb_array_elements(v.constraints) with ordinality as x (c, n)
      where c ->> 'name' in ('person', 'account', 'own-account', 'reference', 'name')), 'linked'),
    case v.days_apart
      when 0 then 'booked on the same day'
      when 1 then 'booked 1 day apart'
      else 'booked ' || v.days_apart || ' days apart'
    end]
from v_linked_transfer v
where not exists (select from active_transfer t where t.debit = v.debit and t.credit = v.credit)
order by v.debit, v.credit;
