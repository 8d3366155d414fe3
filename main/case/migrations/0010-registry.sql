-- What each registry file said, so that an import can be taken back and the others put together again.

create table registry_row (
  id integer primary key,
  file integer not null,
  kind text not null,
  beside integer not null default 0,           -- an app as a list of grants or consents names it
  place text,                                  -- in words: which line, row or item of which sheet
  "values" text not null                       -- JSON: the columns that the file has; null for an empty cell
);
create index registry_row_file on registry_row (file);

alter table registry_file add column replaces text not null default '[]';       -- JSON: kinds of which it was made the whole
alter table registry_file add column kept integer not null default 0;           -- whether its rows are all in registry_row
alter table registry_file add column taken_back text;                           -- the reason
alter table registry_file add column taken_back_at text;
alter table registry_file add column taken_back_by text;

alter table developer add column place text;
alter table app add column place text;
alter table grant_held add column place text;
alter table consent add column place text;
alter table resource add column place text;

-- What was there before: the rows as they stand. Those that newer files had replaced are not known any more.
insert into registry_row (file, kind, "values") select file, 'developers',
  json_object('developer_id', developer_id, 'developer', developer, 'contact', contact, 'country', country) from developer;
insert into registry_row (file, kind, "values") select file, 'apps',
  json_object('app', app, 'app_name', app_name, 'developer_id', developer_id, 'status', status, 'owned_from', owned_from, 'owned_until', owned_until) from app order by id;
insert into registry_row (file, kind, "values") select file, 'grants',
  json_object('app', app, 'permission', permission, 'granted_at', granted_at, 'revoked_at', revoked_at) from grant_held order by id;
insert into registry_row (file, kind, "values") select file, 'consents',
  json_object('subject', subject, 'app', app, 'permission', permission, 'given_at', given_at, 'withdrawn_at', withdrawn_at) from consent order by id;
insert into registry_row (file, kind, "values") select file, 'resources',
  json_object('resource', resource, 'title', title, 'people', people, 'visibility', visibility) from resource;
