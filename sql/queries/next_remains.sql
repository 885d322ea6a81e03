-- The next free numbers of a file's issues and quarantined records. $1 file
select
  coalesce((select max(number) + 1 from import_issue where file = $1), 0),
  coalesce((select max(number) + 1 from quarantined_record where file = $1), 0);
