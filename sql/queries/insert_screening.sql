-- Keeps a screening. $1 code, $2 hash of law and detectors, $3 document
insert into screening (code, settings_sha256, document)
values ($1, $2, $3)
on conflict on constraint screening_is_kept_once do nothing;
