-- Lets the store's own function compare the import's rows with the words of entries.
grant select on incoming to moneytrail_owner;
