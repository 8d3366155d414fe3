-- Originals that were not copied: they stay where they were found, at `source.path`, and are watched.

alter table source add column by_reference integer not null default 0;

-- What such an original looked like, and a SHA-256 of each block of it, 32 bytes one after another, by which any piece that
-- is read is known to be what was imported.
create table reference (
  source integer primary key,
  bytes integer not null,
  modified text not null,                      -- of the file, nanoseconds since 1970
  block_bytes integer not null,
  digests blob not null
);
