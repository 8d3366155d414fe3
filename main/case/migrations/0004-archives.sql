-- From the evidence to a source's content: steps as JSON, outermost first. Null for a file as it is, or under gzip alone.
alter table source add column packing text;

-- Archives whose import was begun and is not finished: they lie in evidence whole before their first file is read.
create table archive_begun (sha256 text primary key, name text not null, path text not null, bytes integer not null, began text not null) without rowid;
