-- A case: what was imported, who is who, what was decided, and the record of every act.

create table meta (key text primary key, value text not null) without rowid;

-- One export, or one member of an archive. Digest and bytes are of the file as it was given (gzip as gzip).
create table source (
  id integer primary key,
  state text not null check (state in ('importing', 'complete')),
  name text not null,
  member text,
  path text not null,
  sha256 text,
  bytes integer not null,
  content_bytes integer,
  format text not null,
  encoding text not null,
  compression text,
  timezone text not null,
  timezone_from text not null check (timezone_from in ('timestamps', 'mapping', 'option', 'assumed')),
  mapping text not null,                       -- exhibit/mapping@1, as it was applied
  lines integer not null default 0,
  events integer not null default 0,
  rejected integer not null default 0,
  skipped integer not null default 0,
  duplicates integer not null default 0,
  lines_events integer not null default 0,     -- the line ledger: these three sum to `lines`
  lines_rejected integer not null default 0,
  lines_skipped integer not null default 0,
  ambiguous_times integer not null default 0,
  broken_text integer not null default 0,
  first integer,
  last integer,
  began text not null,
  ended text,
  withdrawn text,                              -- the reason, while the source is out of every count
  checkpoint text                              -- JSON, while state is 'importing': where to go on
);
create unique index source_digest on source (sha256, coalesce(member, '')) where state = 'complete';

-- One API call a row, dictionary-coded; the view `event` spells it out. No index, trigger or foreign key here:
-- SQLite then copies imported parts record by record without taking them apart.
create table event_row (
  id integer primary key,
  source integer not null,
  line integer not null,
  "offset" integer not null,
  length integer not null,
  time integer not null,                       -- microseconds since 1970, UTC
  app integer, developer integer, api integer, operation integer, method integer, path integer,
  status integer,
  outcome integer not null,                    -- 0 unknown, 1 allowed, 2 denied, 3 failed
  actor integer, resource integer, fields integer, subjects integer,
  subject_count integer,
  ip integer, user_agent integer,
  request_id,                                  -- integer: 16 lower-case hex digits as a 64-bit number; else text
  bytes integer,
  duration_ms numeric,
  flags integer not null default 0             -- 1 duplicate, 2 fields as requested, 4 broken text, 8 ambiguous time
);

create table text_app (id integer primary key, value text not null);
create table text_developer (id integer primary key, value text not null);
create table text_api (id integer primary key, value text not null);
create table text_operation (id integer primary key, value text not null);
create table text_method (id integer primary key, value text not null);
create table text_path (id integer primary key, value text not null);
create table text_actor (id integer primary key, value text not null);
create table text_resource (id integer primary key, value text not null);
create table text_fields (id integer primary key, value text not null);     -- a JSON array
create table text_subjects (id integer primary key, value text not null);   -- a JSON array
create table text_ip (id integer primary key, value text not null);
create table text_user_agent (id integer primary key, value text not null);

create table reject (
  source integer not null, line integer not null, lines integer not null,
  "offset" integer not null, length integer not null, reason text not null,
  primary key (source, line, "offset")
) without rowid;

-- Who is who. Applied when events are read; a row remembers the file it came from.
create table registry_file (id integer primary key, name text not null, sha256 text not null, kind text not null, rows integer not null, at text not null);
create table developer (developer_id text primary key, developer text, contact text, country text, file integer not null) without rowid;
create table app (id integer primary key, app text not null, app_name text, developer_id text, status text, owned_from integer, owned_until integer, file integer not null);
create table grant_held (id integer primary key, app text not null, permission text not null, granted_at integer not null, revoked_at integer, file integer not null);
create table consent (id integer primary key, subject text not null, app text not null, permission text not null, given_at integer not null, withdrawn_at integer, file integer not null);
create table resource (resource text primary key, title text, people integer, visibility text, file integer not null) without rowid;
create index developer_name on developer (developer collate nocase);
create index app_app on app (app, owned_from);
create index grant_app on grant_held (app, permission, granted_at);
create index consent_app on consent (app, permission, subject);

create table policy (id integer primary key, name text not null, sha256 text not null, document text not null, at text not null);
create table claims (id integer primary key, name text not null, sha256 text not null, document text not null, at text not null);

-- What people decided. The latest of a rule and developer holds; none is ever changed.
create table decision (
  id integer primary key, rule text not null, developer_id text not null,
  disposition text not null check (disposition in ('confirmed', 'dismissed', 'disputed', 'open')),
  reason text not null, at text not null, by_whom text not null
);

-- Tags and notes hold runs of event ids, first to last, both included.
create table tag (id integer primary key, name text not null unique);
create table tag_run (tag integer not null, first integer not null, last integer not null, primary key (tag, first)) without rowid;
create table note (id integer primary key, text text not null, at text not null, by_whom text not null, act integer not null);
create table note_run (note integer not null, first integer not null, last integer not null, primary key (note, first)) without rowid;
-- Acts that can be undone: which event ids the act itself added or removed.
create table act (
  id integer primary key, kind text not null check (kind in ('tag', 'untag', 'note')), tag integer, filter text not null,
  events integer not null, at text not null, by_whom text not null, undone text
);
create table act_run (act integer not null, first integer not null, last integer not null, primary key (act, first)) without rowid;

create table saved_filter (name text primary key, filter text not null, layout text, at text not null, by_whom text not null) without rowid;

-- Every act, chained: an entry is one line of JSON and carries the SHA-256 of the line before it.
create table custody (seq integer primary key, entry text not null);
create trigger custody_kept before update on custody begin select raise(abort, 'custody entries are never changed'); end;
create trigger custody_stays before delete on custody begin select raise(abort, 'custody entries are never deleted'); end;
create trigger custody_in_order before insert on custody
  when new.seq is not coalesce((select max(seq) from custody), 0) + 1
  begin select raise(abort, 'custody entries follow one another'); end;

create view event as
select
  strftime('%Y-%m-%dT%H:%M:%S', (e.time - ((e.time % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch')
    || case when e.time % 1000000 = 0 then ''
            when e.time % 1000 = 0 then printf('.%03d', (((e.time % 1000000) + 1000000) % 1000000) / 1000)
            else printf('.%06d', ((e.time % 1000000) + 1000000) % 1000000) end || 'Z' as time,
  app.value as app,
  coalesce(
    (select coalesce(d.developer, a.developer_id) from app a left join developer d on d.developer_id = a.developer_id
      where a.app = app.value and a.developer_id is not null
        and (a.owned_from is null or a.owned_from <= e.time) and (a.owned_until is null or e.time < a.owned_until)
      order by a.owned_from desc, a.id limit 1),
    (select coalesce(d.developer, d.developer_id) from developer d where d.developer_id = developer.value),
    (select d.developer from developer d where d.developer = developer.value collate nocase order by d.developer_id limit 1),
    developer.value) as developer,
  api.value as api, operation.value as operation, method.value as method, path.value as path, e.status as status,
  case e.outcome when 1 then 'allowed' when 2 then 'denied' when 3 then 'failed' else 'unknown' end as outcome,
  actor.value as actor, resource.value as resource, fields.value as fields,
  case when fields.value is null then null when e.flags & 2 then 'requested' else 'returned' end as fields_are,
  subjects.value as subjects, e.subject_count as subject_count, ip.value as ip, user_agent.value as user_agent,
  case typeof(e.request_id) when 'integer' then printf('%016x', e.request_id) else e.request_id end as request_id,
  e.bytes as bytes, e.duration_ms as duration_ms, e.flags & 1 as duplicate,
  e.source as source, e.line as line, e."offset" as "offset", e.length as length, e.id as id
from event_row e
  left join text_app app on app.id = e.app
  left join text_developer developer on developer.id = e.developer
  left join text_api api on api.id = e.api
  left join text_operation operation on operation.id = e.operation
  left join text_method method on method.id = e.method
  left join text_path path on path.id = e.path
  left join text_actor actor on actor.id = e.actor
  left join text_resource resource on resource.id = e.resource
  left join text_fields fields on fields.id = e.fields
  left join text_subjects subjects on subjects.id = e.subjects
  left join text_ip ip on ip.id = e.ip
  left join text_user_agent user_agent on user_agent.id = e.user_agent;
