-- Keeps a tracing run under its hash; the same run again changes nothing. $1 SHA-256, $2 record
insert into tracing_run (sha256, record)
values ($1, $2)
on conflict on constraint tracing_run_key do nothing;
