-- Steps by which it is put right, one developer under one rule each. A row is never changed but by taking it back.

create table remedy_entry (
  id integer primary key,
  rule text not null,
  developer_id text not null,
  step text not null,
  "on" text,                                   -- when it was done: a time, or a date that is its whole day
  due text,                                    -- when it is to be done, likewise
  responsible text,                            -- who does it, or did it
  result text,                                 -- of an audit
  note text,
  at text not null,                            -- when it was recorded
  by_whom text not null,                       -- who recorded it
  taken_back text,                             -- the reason
  taken_back_at text,
  taken_back_by text
);

-- Files of an entry, in evidence by their digests.
create table remedy_file (
  id integer primary key,
  entry integer not null,
  name text not null,                          -- as it was given
  sha256 text not null,
  bytes integer not null
);
create index remedy_file_entry on remedy_file (entry);
