-- Tells the planner how much came in.
analyze incoming (entry_key, account);
