-- What a person decided of the registry. A row is never changed but by taking it back.

-- Two that are one: what counts for the first counts for the second.
create table developer_join (
  id integer primary key,
  developer_id text not null,                  -- as findings have it: an id of the registry, name:NAME or app:ID
  into_id text not null,
  reason text not null,
  at text not null,
  by_whom text not null,
  taken_back text,                             -- the reason
  taken_back_at text,
  taken_back_by text
);

-- What the registry says in two ways, and what of it stands.
create table conflict_resolved (
  id integer primary key,
  conflict text not null,                      -- its key: what it is about, as it was
  said text not null,                          -- its sentence
  kind text,                                   -- of the row that is set aside; null: all stays as it is
  "values" text,                               -- JSON: that row, column by column
  reason text not null,
  at text not null,
  by_whom text not null,
  taken_back text,
  taken_back_at text,
  taken_back_by text
);
