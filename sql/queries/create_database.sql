-- Makes the store's database, owned by the role that runs the migrations. Run by an administrator.
create database moneytrail owner moneytrail_owner template template0 encoding 'UTF8';
