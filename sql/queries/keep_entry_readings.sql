-- Keeps what an import's known entries say otherwise than their rows.
select keep_entry_readings();
