-- The newest screening with some settings. $1 hash of law and detectors
select document::text
from screening
where settings_sha256 = $1
order by id desc
limit 1;
