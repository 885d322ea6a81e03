-- Keeps a received file whose bytes follow in parts. $1 SHA-256, $2 byte count, $3 SHA-256 over the hashes
-- of the parts, $4 name, $5 exhibit, $6 authority, $7 custodian, $8 day received
insert into received_file (
  sha256, byte_count, parts_sha256, name, exhibit, authority, custodian, received_on)
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning id;
