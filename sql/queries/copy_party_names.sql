-- Loads name keys.
copy party_name (place, name_key) from stdin (format binary);
