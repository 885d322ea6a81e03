-- Keeps a finding. $1 code, $2 matter, $3 detector, $4 version, $5 document
insert into finding (code, matter, detector, version, document)
values ($1, $2, $3, $4, $5)
on conflict on constraint finding_key do nothing;
