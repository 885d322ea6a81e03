-- Whether any import is withdrawn, any place reads an entry otherwise than its row, or any entry repeats another.
select exists (select from withdrawn_file) or exists (select entry from entry_reading)
  or exists (select from duplicate_entry);
