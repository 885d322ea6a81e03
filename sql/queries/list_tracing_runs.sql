-- Kept tracing runs in an order that is the same in every store. $1 matter, null for all
select sha256, matter, as_of, ledger_sha256, method, policies ->> 'sameDayOrder',
  (policies ->> 'backwardTracing')::boolean, stored_at::text, record ->> 'origin'
from v_tracing_run
where $1::text is null or matter = $1
order by matter collate "C", as_of collate "C", method collate "C", sha256;
