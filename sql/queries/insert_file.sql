-- Keeps a received file. $1 SHA-256, $2 bytes, $3 byte count, $4 name, $5 exhibit, $6 authority,
-- $7 custodian, $8 day received
insert into received_file (
  sha256, content, byte_count, name, exhibit, authority, custodian, received_on)
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning id;
