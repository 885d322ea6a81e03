-- What the program's own role may do: add, and read what is masked. Nothing else is granted, so no
-- statement it sends can change or remove evidence or read an identity.
revoke all on schema public from public;
grant usage on schema public to moneytrail_app;

grant insert on received_file, received_copy, currency, account, statement, import_batch,
  import_issue, quarantined_record, entry, entry_place, entry_conflict, transfer,
  transfer_withdrawn, matter, matter_person, matter_property, matter_event, run, finding,
  finding_entry, figure, figure_source, decision
to moneytrail_app;

grant select on currency, import_batch, entry_place, entry_conflict, transfer,
  transfer_withdrawn, active_transfer, matter_event, run, finding, finding_entry, figure,
  figure_source, decision, migration
to moneytrail_app;

grant select (id, sha256, byte_count, received_on)
  on received_file to moneytrail_app;
grant select (id, file, received_on) on received_copy to moneytrail_app;
grant select (id, key_sha256, currency, institution) on account to moneytrail_app;
grant select (
  id, file, account, place_in_file, number, opening_minor, opening_on, opening_is_interim,
  closing_minor, closing_on, closing_is_interim, first_on, last_on, entry_count, status,
  difference_minor, locator, locator_ordinal) on statement to moneytrail_app;
grant select (
  id, entry_key, account, counterparty_account, amount_minor, booked_on, value_on, time_of_day,
  statement, position, locator_ordinal, byte_offset, channel, kind, is_reversal, locator,
  servicer_reference) on entry to moneytrail_app;
grant select (id, code, file) on matter to moneytrail_app;
grant select (matter, code, is_legal_person, roles) on matter_person to moneytrail_app;
grant select (matter, code, kind) on matter_property to moneytrail_app;
grant select (file, number, severity, code, locator, locator_ordinal) on import_issue to moneytrail_app;
grant select (file, number, code, locator, locator_ordinal) on quarantined_record to moneytrail_app;

grant select on v_received_file, v_received_copy, v_account, v_entry_text, v_statement,
  v_import_issue, v_quarantined_record, v_entry_place, v_entry_order, v_matter, v_matter_person,
  v_matter_property, v_transfer_candidate
to moneytrail_app;

grant usage on all sequences in schema public to moneytrail_app;
revoke execute on all functions in schema public from public;
grant execute on function file_sha256(bigint), file_line(bigint, bigint), file_excerpt(bigint, bigint),
  file_line_count(bigint),   bytes_as_text(bytea)
to moneytrail_app;
