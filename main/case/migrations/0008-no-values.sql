-- Words for "no value" (NULL, \N, N/A and the like, without quotes), which are absent from a source's events.
alter table source add column no_values integer not null default 0;
