-- Sealed sheets whose bytes no longer have their hash.
select sealed.damaged_sheets();
