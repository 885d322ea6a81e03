-- Tells the planner how many keys came in.
analyze incoming_key;
