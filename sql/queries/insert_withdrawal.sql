-- Withdraws an import that stands. $1 file, $2 author, $3 reason
insert into import_withdrawn (file, author, reason)
select $1::bigint, $2, $3
where exists (
    select from import_batch b where b.file = $1::bigint and b.outcome = 'imported')
  and not exists (select from withdrawn_file w where w.file = $1::bigint)
returning id;
