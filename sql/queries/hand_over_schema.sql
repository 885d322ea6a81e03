-- Gives the store's database to the role that runs migrations. Run by an administrator inside it, once.
-- That role does not inherit from others, so that it cannot read identities by accident.
alter schema public owner to moneytrail_owner;
