-- Records pairs from two files with one own reference on one day of one account and two amounts.
select keep_reference_conflicts();
