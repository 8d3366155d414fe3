-- How a source's file came to the case: from whom, when, by which medium and method. The latest row of a source holds; none
-- is ever changed.
create table acquisition (
  id integer primary key,
  source integer not null,
  from_whom text not null,
  received_on text not null,                   -- an instant, or a day where no clock was given
  medium text not null,
  method text not null,
  digest text,                                 -- SHA-256 that the producer states, lower-case hex
  seal text,
  note text,
  at text not null,
  by_whom text not null
);
create index acquisition_source on acquisition (source);
