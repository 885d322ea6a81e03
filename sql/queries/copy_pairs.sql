-- The two legs of every pair that stands.
copy (select debit, credit from active_transfer) to stdout (format binary);
