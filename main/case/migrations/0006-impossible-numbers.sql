-- Counts, bytes and durations below zero, which are absent from a source's events.
alter table source add column impossible_numbers integer not null default 0;
