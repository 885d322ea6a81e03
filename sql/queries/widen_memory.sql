-- Lets the merge of one import keep its rows in memory: most of a million of them. Until the end of the
-- transaction.
set local work_mem = '256MB';
