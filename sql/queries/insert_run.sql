-- Keeps a run's manifest under its hash. $1 SHA-256, $2 matter, $3 manifest
insert into run (sha256, matter, manifest)
values ($1, $2, $3)
on conflict on constraint run_key do nothing;
