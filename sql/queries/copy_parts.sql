-- Loads the parts of one received file.
copy received_part (file, number, start_at, first_line, content, sha256) from stdin (format binary);
