-- Records an import with its counts. $1 file, $2 program, $3 format, $4 parser, $5 profile SHA-256,
-- $6 outcome, $7 read, $8 stored, $9 known, $10 quarantined, $11 skipped
insert into import_batch (
  file, program, format, parser, profile_sha256, outcome, read_count, stored_count, known_count,
  quarantined_count, skipped_count)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
