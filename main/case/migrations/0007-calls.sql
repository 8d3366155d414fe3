-- Records that name the call they tell of (a mapping's `call`): several of one name are one call, and one of them counts.
-- `time` is the record's own; the row that counts has the time at which its call began.
create table event_call (id integer primary key, call text not null, time integer not null);
create index event_call_name on event_call (call);
