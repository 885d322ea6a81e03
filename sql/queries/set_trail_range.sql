-- Sets, for this transaction, which entries the next COPY of the trail reads: COPY takes no parameters.
-- $1 the number before the first entry, $2 the number of the last
select set_config('moneytrail.after_entry', $1, true), set_config('moneytrail.last_entry', $2, true);
