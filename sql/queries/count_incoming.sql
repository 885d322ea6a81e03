-- What the merge made of one import: entries stored, entries known already.
select count(*) filter (where known is null), count(*) filter (where known is not null)
from incoming;
