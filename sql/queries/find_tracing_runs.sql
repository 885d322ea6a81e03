-- Kept tracing runs whose hash begins with some digits. $1 hexadecimal digits
select sha256, record, stored_at::text
from v_tracing_run
where starts_with(encode(sha256, 'hex'), $1)
order by sha256;
