-- Must be refused: the program's role may not change evidence. Touches no row even if it were allowed.
update entry set amount_minor = amount_minor where false;
