-- Keeps further spellings of account numbers. $1 key hashes, $2 currencies, $3 numbers as stated
select keep_account_words($1, $2, $3);
