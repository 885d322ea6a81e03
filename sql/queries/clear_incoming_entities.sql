-- Makes room for the next batch.
delete from incoming_entity;
