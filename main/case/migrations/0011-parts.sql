-- Which call of its record an event is, from 1, where the record holds several.
create table event_part (id integer primary key, part integer not null);
