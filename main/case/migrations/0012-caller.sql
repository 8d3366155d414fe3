-- What called: two bits of `event_row.flags`, 32 and 64 (0: the log does not say, 1 app, 2 user, 3 service). Rows from
-- before have neither.
drop view event;
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
  actor.value as actor,
  case e.flags >> 5 & 3 when 1 then 'app' when 2 then 'user' when 3 then 'service' end as caller,
  resource.value as resource, fields.value as fields,
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
  left join text_user_agent user_agent on user_agent.id = e.user_agent
where e.source in (select id from source where state = 'complete' and withdrawn is null);
