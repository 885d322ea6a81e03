-- Whether any import is withdrawn or any place reads an entry otherwise than its row.
select exists (select from withdrawn_file) or exists (select entry from entry_reading);
