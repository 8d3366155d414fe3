-- Rows further down in a table that are another header: JSON, in the order of the file; null: there is none.
alter table source add column headers text;
