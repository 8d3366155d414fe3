import { DAY, isoOf, type Micros } from "../../../shared/base/time.ts";
import { fold } from "../../../shared/filter/match.ts";
import type { Rule } from "../../../shared/model/policy.ts";

/** A rule with the instants that it speaks of. */
export interface RuleSpan {
  readonly rule: Rule;
  readonly cutoff: Micros;
  /** Absent: the case has no event. */
  readonly asOf?: Micros | undefined;
  readonly recentDays: number;
}

/** One question of the Answer, and the SQL that answers it from the tables. */
export interface SqlQuestion {
  readonly name: string;
  readonly sql: string;
}

const text = (value: string | undefined): string =>
  value === undefined ? "null" : `'${value.replaceAll("'", "''").replaceAll("\n", "' || char(10) || '")}'`;
/** Times compare as texts without their Z: a fraction then sorts after its whole second. */
const instant = (time: Micros | undefined): string => text(time === undefined ? "" : isoOf(time).slice(0, -1));

/** What a spreadsheet's apostrophe guards, without it. */
const plain = (column: string): string =>
  `case when ${column} glob '''[=+@-]*' or substr(${column}, 1, 2) in ('''' || char(9), '''' || char(13)) then substr(${column}, 2) else ${column} end as ${column}`;

const rows = (table: string, values: readonly (readonly string[])[]): string =>
  values.map((row) => `insert into ${table} values (${row.join(", ")});\n`).join("");

/** The character that a walk through an element of fields has reached, and the path that ends there. */
const C = "substr(element, i, 1)";
const OWN = "iif(trim(name) = '', path, path || '.' || lower(trim(name)))";

/** Only in a bundle whose registry has somebody joined to another. */
const OWNERS_JOINED = `create table joined as select value ->> 'developer_id' as id, value ->> 'into' as other from doc, json_each(registry, '$.joined');
update owner set developer_id = (select other from joined where id = developer_id) where developer_id in (select id from joined);
`;

/** Makes tables of `extract/`, for the sqlite3 shell in the folder that holds METHOD.txt. */
export function methodTables(rules: readonly RuleSpan[], isJoined = false): string {
  return `.import --csv extract/events.csv event_row
create table doc as select cast(readfile('extract/registry.json') as text) as registry, cast(readfile('extract/bundle.json') as text) as bundle;
-- the calls, as they are written; times without their Z
create table raw as select cast(event as integer) as event, rtrim(time, 'Z') as t, substr(time, 1, 7) as month,
  ${plain("app")},
  ${plain("resource")},
  ${plain("developer_id")},
  ${plain("fields")},
  ${plain("people")},
  case when subject_count <> '' then cast(subject_count as integer) end as subject_count,
  subjects <> '' as listed, rule as rules, level as levels from event_row;
-- the registry; an end that is not there is '~', which sorts after every time
create table developer as select key as place, value ->> 'developer_id' as id, value ->> 'developer' as name from doc, json_each(registry, '$.developers');
create table app_row as select key as place, value ->> 'app' as app, value ->> 'developer_id' as owner,
  ifnull(rtrim(value ->> 'owned_from', 'Z'), '') as start, ifnull(rtrim(value ->> 'owned_until', 'Z'), '~') as finish from doc, json_each(registry, '$.apps');
create table grant_row as select value ->> 'app' as app, value ->> 'permission' as permission,
  rtrim(value ->> 'granted_at', 'Z') as start, ifnull(rtrim(value ->> 'revoked_at', 'Z'), '~') as finish from doc, json_each(registry, '$.grants');
create table consent_row as select value ->> 'subject' as subject, value ->> 'app' as app, value ->> 'permission' as permission,
  rtrim(value ->> 'given_at', 'Z') as start, ifnull(rtrim(value ->> 'withdrawn_at', 'Z'), '~') as finish from doc, json_each(registry, '$.consents');
create table resource_row as select value ->> 'resource' as resource, value ->> 'people' as people from doc, json_each(registry, '$.resources');
create table holder_row as select value ->> 'app' as app, value ->> 'developer_id' as developer_id from doc, json_each(bundle, '$.holders');
-- UUIDs and e-mail addresses are one id whatever their case
create table spelling (id text primary key, key text);
insert into spelling select id, case
  when length(id) = 36 and length(replace(id, '-', '')) = 32 and replace(id, '-', '') not glob '*[^0-9a-fA-F]*'
    and substr(id, 9, 1) || substr(id, 14, 1) || substr(id, 19, 1) || substr(id, 24, 1) = '----'
    or id like '%_@_%._%' and length(replace(id, '@', '')) = length(id) - 1 and id not glob '*[' || char(9, 10, 13, 32) || ']*'
  then lower(id) else id end from (select app as id from raw union select resource from raw union select id from developer
  union select app from app_row union select owner from app_row union select app from grant_row union select app from consent_row
  union select subject from consent_row union select resource from resource_row union select app from holder_row) where id is not null;
create table call as select event, t, month, a.key as app, developer_id, r.key as resource, fields, people, subject_count, listed, rules, levels
  from raw join spelling a on a.id = app join spelling r on r.id = resource;
create unique index call_event on call (event);
create table owner as select place, a.key as app, start, finish, coalesce(
    (select d.id from developer d join spelling k on k.id = d.id where k.key = o.key order by d.place desc limit 1),
    (select max(d.id) from developer d where d.name <> '' and lower(d.name) = lower(app_row.owner) having count(*) = 1),
    app_row.owner) as developer_id
  from app_row join spelling a on a.id = app join spelling o on o.id = app_row.owner;
${isJoined ? OWNERS_JOINED : ""}create table holder as select key as app, developer_id from holder_row join spelling on id = app;
create table resource as select key as id, max(people) as people from resource_row join spelling on id = resource group by key;
-- the policy
create table rule (id, cutoff, as_of, recent_from, permission, consent);
create table restricted (rule, field, folded);
create table exempt (rule, app);
${rows(
  "rule",
  rules.map(({ rule, cutoff, asOf, recentDays }) => [
    text(rule.id),
    instant(cutoff),
    instant(asOf),
    instant(asOf === undefined ? undefined : asOf - recentDays * DAY),
    text(rule.permission),
    text(rule.consent_permission),
  ]),
)}${rows(
  "restricted",
  rules.flatMap(({ rule }) =>
    (rule.restricted_fields ?? []).map((field) => [text(rule.id), text(field), text(fold(field))]),
  ),
)}${rows(
  "exempt",
  rules.flatMap(({ rule }) => rule.exempt_apps.map((app) => [text(rule.id), text(app)])),
)}insert or ignore into spelling select distinct app, app from exempt;
create table exempt_app as select rule, key as app from exempt join spelling on id = app;
-- which call counts under which rule, at which level
create table judged as select c.event, r.value as rule, l.value as level from call c,
  json_each('["' || replace(c.rules, ';', '","') || '"]') r join json_each('["' || replace(c.levels, ';', '","') || '"]') l on l.key = r.key where c.rules <> '';
insert into judged select event, rule, 'recent' from judged join call using (event) join rule on rule.id = rule
  where level in ('possible', 'obtained') and t >= recent_from;
create table dismissed as select rule, developer_id from (select value ->> 'rule' as rule, value ->> 'developer_id' as developer_id,
  value ->> 'disposition' as disposition, max(key) from doc, json_each(bundle, '$.decisions') group by 1, 2) where disposition = 'dismissed';
create table counted as
  select rule, level, 'total' as kind, '' as name, c.* from judged join call c using (event)
  union all select rule, level, 'month', month, c.* from judged join call c using (event) where level <> 'recent'
  union all select rule, level, 'developer', developer_id, c.* from judged join call c using (event) where level <> 'recent'
  union all select rule, level, 'not dismissed', '', c.* from judged join call c using (event)
    where (rule, developer_id) not in (select rule, developer_id from dismissed);
-- the people of a call that count under a rule
create table consent as select s.key as subject, a.key as app, permission, start, finish from consent_row
  join spelling s on s.id = subject join spelling a on a.id = app;
create index consent_of on consent (subject, app, permission);
create table person as select j.event, j.rule, p.value as id from judged j join call c using (event) join rule r on r.id = j.rule,
  json_each('[' || replace(json_quote(c.people), ';', '","') || ']') p where j.level in ('possible', 'obtained') and c.people <> ''
  and not exists (select 1 from consent k where k.subject = p.value and k.app = c.app and k.permission = r.consent and k.start <= c.t and c.t < k.finish);
create index person_of on person (event, rule);
create view people as with
  ids as (select c.rule, c.level, c.kind, c.name, count(distinct p.id) as ids from counted c left join person p on p.event = c.event and p.rule = c.rule
    where c.level <> 'attempted' group by 1, 2, 3, 4),
  part as (select rule, level, kind, name, max(subject_count) as largest, case when count(*) = count(subject_count) then sum(subject_count) end as said,
    (select people from resource where id = resource) as size from counted where not listed and level <> 'attempted' group by rule, level, kind, name, resource),
  rest as (select rule, level, kind, name, max(largest) as largest,
    case when count(*) = count(coalesce(said, size)) then sum(min(coalesce(said, size), coalesce(size, said))) end as more from part group by 1, 2, 3, 4),
  bound as (select ids.*, rest.rule is null as is_exact, max(ids, ifnull(largest, 0)) as least, ids + more as most from ids left join rest using (rule, level, kind, name))
  select rule, level, kind, name,
    case when is_exact then ids when most is null then nullif(least, 0) when least = 0 then most else least end as value,
    case when not is_exact and least > 0 then max(least, most) end as at_most,
    case when is_exact then 'exact' when most is null then iif(least = 0, 'not-logged', 'at-least') else iif(least = 0, 'at-most', 'between') end as basis from bound;
-- who held the permission when
create table held as select r.id as rule, k.key as app, start, finish, cutoff, as_of from grant_row g join spelling k on k.id = g.app
  join rule r on r.permission = g.permission where start < finish and not exists (select 1 from exempt_app e where e.rule = r.id and e.app = k.key);
create table span as select rule, app, max(start, cutoff) as start, min(finish, as_of) as finish from held where max(start, cutoff) < min(finish, as_of);
create table instant as select rule, app, start as t, start, finish from span
  union select s.rule, s.app, o.finish, s.start, s.finish from span s join owner o on o.app = s.app and o.finish > s.start and o.finish < s.finish;
create table entitled as
  select s.rule, o.developer_id, s.app from span s join owner o on o.app = s.app and max(o.start, s.start) < min(o.finish, s.finish)
  union select i.rule, ifnull((select developer_id from holder h where h.app = i.app), 'app:' || i.app), i.app from instant i
    where not exists (select 1 from owner o where o.app = i.app and o.start <= i.t and i.t < o.finish);
create table ended as select rule, app, t, coalesce(
    (select developer_id from owner o where o.app = e.app and o.start <= e.t and e.t < o.finish order by o.start desc, place limit 1),
    (select developer_id from holder h where h.app = e.app), 'app:' || e.app) as developer_id, holds
  from (select rule, app, finish as t, 0 as holds from held where finish <> '~' union all select rule, app, as_of, 1 from held where start <= as_of and as_of < finish) e;
create table lost as select rule, developer_id, max(t) as revoked_at, 0 as holds from ended group by 1, 2 having max(holds) = 0;
insert into lost select distinct rule, developer_id, null, 1 from ended where holds;
-- the fields of a call, written out: of from{name,picture} these are from, from.name and from.picture
create table element as select distinct c.event, e.value as element from call c, json_each('[' || replace(json_quote(c.fields), ';', '","') || ']') e
  where c.fields <> '' and c.event in (select event from judged where level = 'obtained');
create table path as with recursive walk (element, i, depth, path, base, outer, name, found) as (
  select distinct element, 1, 0, '', '', '', '', null from element
  union all select element, i + 1,
    case when ${C} = '(' then depth + 1 when ${C} = ')' and depth > 0 then depth - 1 else depth end,
    case when depth > 0 then path when ${C} in (',', '}') then base when ${C} in ('.', '{', '') then ${OWN} else path end,
    case when depth > 0 then base when ${C} = '{' then ${OWN} when ${C} = '}' then substr(outer, 1, instr(outer, char(10)) - 1) else base end,
    case when depth > 0 then outer when ${C} = '{' then base || char(10) || outer when ${C} = '}' then substr(outer, instr(outer, char(10)) + 1) else outer end,
    case when depth > 0 then name when ${C} in ('.', '{', ',', '}', '') then '' when ${C} = '(' then iif(length(path) > length(base), '', name) else name || ${C} end,
    case when depth = 0 and ${C} in ('.', '{', ',', '}', '') then ${OWN} end
  from walk where i <= length(element) + 1)
  select distinct element, found || '.' as path from walk where found <> '' union select distinct element, '.' || lower(element) || '.' from element;
create table got as
  select distinct j.rule, developer_id, r.field from judged j join call using (event) join restricted r on r.rule = j.rule join element using (event) join path using (element)
    where level = 'obtained' and instr(path, '.' || r.folded || '.') > 0
  union select j.rule, developer_id, case when fields = '' then '*' else element end from judged j join call using (event) left join element using (event)
    where level = 'obtained' and j.rule not in (select rule from restricted);
`;
}

/** The questions of the Answer. Each is one statement. */
export const METHOD_QUESTIONS: readonly SqlQuestion[] = [
  {
    name: "who kept access (totals.entitled)",
    sql: "select rule, count(distinct developer_id) as developers, count(distinct app) as apps from entitled group by rule;",
  },
  {
    name: "who tried, may have got and got data (totals.attempted, possible, obtained, recent)",
    sql: "select rule, level, count(distinct developer_id) as developers, count(distinct nullif(app, '')) as apps, count(*) as events from counted where kind = 'total' group by rule, level;",
  },
  {
    name: "from how many people (people of the totals)",
    sql: "select rule, level, value, at_most, basis from people where kind = 'total' order by rule, level;",
  },
  {
    name: "what did they get (developers by field)",
    sql: "select rule, field, count(distinct developer_id) as developers from got group by rule, field;",
  },
  {
    name: "which fields each developer got (developers.obtained.fields)",
    sql: "select rule, developer_id, field from got order by rule, developer_id, field;",
  },
  {
    name: "put right (revoked_at; of those who kept access, who lost it and who holds it still)",
    sql: "select l.rule, l.developer_id, revoked_at || 'Z' as revoked_at, holds, e.developer_id is not null as entitled from lost l left join (select distinct rule, developer_id from entitled) e using (rule, developer_id) order by 1, 2;",
  },
  {
    name: "who called after it was revoked (allowed_after_revocation)",
    sql: `select j.rule, developer_id, count(*) as events from judged j join call c using (event) where level in ('possible', 'obtained') and app <> ''
  and exists (select 1 from held h where h.rule = j.rule and h.app = c.app and h.start <= t)
  and not exists (select 1 from held h where h.rule = j.rule and h.app = c.app and h.start <= t and t < h.finish) group by 1, 2;`,
  },
  {
    name: "month by month (by_month)",
    sql: "select rule, name as month, level, count(distinct developer_id) as developers, count(*) as events from counted where kind = 'month' group by 1, 2, 3;",
  },
  {
    name: "people month by month (by_month)",
    sql: "select rule, name as month, level, value, at_most, basis from people where kind = 'month' order by 1, 2, 3;",
  },
  {
    name: "each developer (developers: calls, first, last)",
    sql: "select rule, name as developer_id, level, count(*) as events, min(t) || 'Z' as first, max(t) || 'Z' as last from counted where kind = 'developer' group by 1, 2, 3;",
  },
  {
    name: "the people of each developer (developers)",
    sql: "select rule, name as developer_id, level, value, at_most, basis from people where kind = 'developer' order by 1, 2, 3;",
  },
  {
    name: "the totals without dismissed findings",
    sql: "select c.rule, c.level, count(distinct developer_id) as developers, count(distinct nullif(app, '')) as apps, count(*) as events, value, at_most, basis from counted c left join people using (rule, level, kind, name) where kind = 'not dismissed' group by 1, 2;",
  },
];
