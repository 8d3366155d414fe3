-- What is due to whom: the clocks that a case watches, and the facts that start and end them.

create table clocks (id integer primary key, name text not null, sha256 text not null, document text not null, at text not null);

-- Added to, never changed. `value` is a day (2019-11-05) or an instant in UTC; null where the fact is taken back.
create table fact (
  id integer primary key,
  fact text not null,
  value text,
  reason text,                                 -- of a fact that was set or taken back; what was done needs none
  file text, sha256 text, bytes integer,       -- what proves it, in evidence by its digest
  at text not null, by_whom text not null
);
