-- How many pairs stand.
select count(*) from active_transfer;
