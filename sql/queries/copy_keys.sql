-- Loads the keys of one import.
copy incoming_key (number, account, entry_key) from stdin (format binary);
