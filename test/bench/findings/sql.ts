import type { Policy } from "../../../shared/model/policy.ts";

/** The statements of one question. The last ones give rows; those before make what they are asked of. */
export interface Asked {
  readonly make: readonly string[];
  readonly ask: readonly string[];
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const list = (values: readonly string[]): string => `(${values.map(text).join(", ")})`;
const micros = (iso: string): number => Date.parse(iso) * 1000;
const DAY = 86_400_000_000;

/** Ids compare as they are written here: the sample has neither UUIDs nor addresses. An end that is not there is the end of time. */
const END = "9000000000000000";
const time = (column: string, open: string) =>
  `coalesce(epoch_us(cast(nullif(${column}, '') as timestamptz)), ${open})`;

/** Tables of the log and of the registry, each column of the type it is. What follows is asked of these alone. */
export function tables(log: string, registry: string): string[] {
  const csv = (name: string) =>
    `read_csv(${text(`${registry}/${name}.csv`)}, header = true, all_varchar = true, nullstr = '')`;
  return [
    "set timezone = 'UTC'",
    `create table call as select row_number() over () as id, epoch_us(cast(timestamp as timestamptz)) as time,
       app_id as app, developer, api, operation, cast(status as smallint) as status, group_id as resource,
       string_split(fields, ';') as fields, string_split(member_ids, ';') as subjects
     from read_csv(${text(log)}, header = true, all_varchar = true, nullstr = '')`,
    `create table developer as select developer_id, developer from ${csv("developers")}`,
    `create table app as select app, developer_id, ${time("owned_from", "0")} as start, ${time("owned_until", END)} as finish from ${csv("apps")}`,
    `create table held as select app, permission, ${time("granted_at", "0")} as start, ${time("revoked_at", END)} as finish from ${csv("grants")}`,
    `create table consent as select subject, app, permission, ${time("given_at", "0")} as start, ${time("withdrawn_at", END)} as finish from ${csv("consents")}`,
    `create table resource as select resource, cast(people as integer) as people from ${csv("resources")}`,
  ];
}

/** Everything that is asked touches these columns: they are in memory before anything is timed. */
export const WARM = `select count(*), sum(time), count(app), count(developer), count(api), count(operation), sum(status), count(resource),
  sum(len(fields)), sum(len(subjects)), sum(length(subjects[1])) from call`;

const names = (fields: readonly string[]) => fields.map((field) => field.toLowerCase()).join("|");
/** A restricted field by its own name, at any depth of \`from{name,picture}\`. */
const restricted = (fields: readonly string[]) =>
  `regexp_matches(lower(array_to_string(fields, ';')), '(^|[;,{}. ])(${names(fields)})($|[;,{}.( ])')`;

/** What a rule says of every call: who, which level, of whom. */
function judgedTable(name: string, policy: Policy, calls = "call"): string[] {
  const [rule] = policy.rules;
  if (rule === undefined) throw new Error("no rule");
  const cutoff = micros(rule.effective_from);
  const asOf = micros(policy.as_of ?? "");
  const operations = (rule.applies_to.operations ?? []) as string[];
  const like = operations.map(
    (each) => `operation ilike ${text(each.replaceAll("_", "\\_").replaceAll("*", "%"))} escape '\\'`,
  );
  return [
    `create or replace temp table ${name} as
     with scope as (
       select * from ${calls} where lower(api) in ${list(rule.applies_to.api ?? [])} and (${like.join(" or ")})
         and time >= ${cutoff} and time < ${asOf} and (app is null or app not in ${list(["", ...(rule.exempt_apps ?? [])])})
     ), consented as (
       select id, list(subject) as who from (select id, app, time, unnest(subjects) as subject from scope
           where app in (select app from consent where permission = ${text(rule.consent_permission ?? "")})) s
         join consent using (subject, app) where permission = ${text(rule.consent_permission ?? "")} and start <= time and time < finish group by id
     ), known as (
       select scope.*, who, len(fields) > 0 as named, ${restricted(rule.restricted_fields ?? [])} as gets,
         case when who is null then subjects else list_filter(subjects, lambda one: not list_contains(who, one)) end as people,
         coalesce(status in (204, 205) or status between 300 and 399, false) and subjects is null as nobody
       from scope left join consented using (id)
     )
     select known.* exclude (developer, subjects, who, named, gets, status, api, operation),
       case when status in (401, 403) then 1 when nobody then 1 when gets then 3 else 2 end as level,
       coalesce(o.developer_id, by_id.developer_id, by_name.developer_id, 'name:' || known.developer, 'app:' || known.app, 'unknown') as developer_id,
       time >= ${asOf - (policy.recent_days ?? 60) * DAY} as recent,
       strftime(make_timestamp(time), '%Y-%m') as month, subjects is null and not nobody as unlisted
     from known
       left join app o on o.app = known.app and o.start <= time and time < o.finish
       left join developer by_id on by_id.developer_id = known.developer
       left join (select lower(developer) as folded, any_value(developer_id) as developer_id from developer group by 1 having count(*) = 1) by_name
         on by_name.folded = lower(known.developer)
     where (named is not true or gets) and not (coalesce(len(subjects), 0) > 0 and len(people) = 0)
       and (status in (401, 403) or status < 400 or (status is null and len(subjects) > 0))`,
  ];
}

/** Each call once for each set of calls that is counted. */
const TOTAL_SETS = (judged: string) =>
  `select 'total' as kind, cast(level as varchar) as name, j.* from ${judged} j
    union all select 'total', 'recent', j.* from ${judged} j where recent and level >= 2`;
const ALL_SETS = (judged: string) =>
  `${TOTAL_SETS(judged)}
    union all select 'month', month || ' ' || level, j.* from ${judged} j
    union all select 'developer', developer_id || ' ' || level, j.* from ${judged} j`;

/** Of each set of calls: developers, apps, calls, first and last; people with their bounds. */
const totals = (sets: string): string => `
  with sets as (${sets}),
  counts as (select kind, name, min(level) as least, count(distinct developer_id) as developers, count(distinct app) as apps, count(*) as events,
      min(time) as first, max(time) as last from sets group by kind, name),
  ids as (select kind, name, count(distinct person) as ids from (select kind, name, unnest(people) as person from sets where level >= 2) group by kind, name),
  groups as (select kind, name, resource, any_value(r.people) as size from sets left join resource r using (resource) where unlisted and level >= 2
      group by kind, name, resource),
  bounds as (select kind, name, case when count(*) = count(size) then sum(size) end as more from groups group by kind, name)
  select kind, name, developers, apps, events, first, last,
    case when least >= 2 then case when b.kind is null then coalesce(ids, 0) when more is null then nullif(coalesce(ids, 0), 0)
      when coalesce(ids, 0) = 0 then more else ids end end as value,
    case when least >= 2 and b.kind is not null and coalesce(ids, 0) > 0 then coalesce(ids, 0) + more end as at_most
  from counts left join ids using (kind, name) left join bounds b using (kind, name)`;

/** Who held the permission in the span with which apps, as a table; when it ended for good; whose calls came after. */
function access(judged: string, holders: string, policy: Policy): { make: string; ask: string[] } {
  const [rule] = policy.rules;
  if (rule === undefined) throw new Error("no rule");
  const cutoff = micros(rule.effective_from);
  const asOf = micros(policy.as_of ?? "");
  const grants = `grants as (select * from held where permission = ${text(rule.permission ?? "")} and start < finish and app not in ${list(["", ...(rule.exempt_apps ?? [])])})`;
  const owner = (at: string) =>
    `coalesce((select any_value(developer_id) from app o where o.app = g.app and o.start <= ${at} and ${at} < o.finish), 'app:' || g.app)`;
  const make = `create or replace temp table ${holders} as with ${grants}, span as (select app, greatest(start, ${cutoff}) as start, least(finish, ${asOf}) as finish from grants
         where greatest(start, ${cutoff}) < least(finish, ${asOf})),
       instant as (select app, start as t from span union select s.app, o.finish from span s join app o on o.app = s.app and o.finish > s.start and o.finish < s.finish)
     select distinct o.developer_id, s.app from span s join app o on o.app = s.app and greatest(o.start, s.start) < least(o.finish, s.finish)
     union select 'app:' || i.app, i.app from instant i where not exists (select 1 from app o where o.app = i.app and o.start <= i.t and i.t < o.finish)`;
  const ask = [
    `select 'entitled' as kind, developer_id, app from ${holders}`,
    `with ${grants} select 'revoked' as kind, owner, max(t) as t from (
         select ${owner("g.finish")} as owner, finish as t, false as holds from grants g where finish < ${END}
         union all select ${owner(String(asOf))}, null, true from grants g where start <= ${asOf} and ${asOf} < finish)
       group by owner having not bool_or(holds)`,
    `with ${grants} select 'after' as kind, developer_id, count(*) as events from ${judged} j where level >= 2
       and exists (select 1 from grants g where g.app = j.app and g.start <= j.time)
       and not exists (select 1 from grants g where g.app = j.app and g.start <= j.time and j.time < g.finish) group by developer_id`,
  ];
  return { make, ask };
}

/** Which restricted fields each developer got. */
function fieldsGot(judged: string, policy: Policy): string {
  const fields = policy.rules[0]?.restricted_fields ?? [];
  return fields
    .map(
      (field) =>
        `select 'field' as kind, developer_id, ${text(field)} as field from ${judged} where level = 3 and ${restricted([field])} group by developer_id`,
    )
    .join(" union all ");
}

/** All findings: of every level, month and developer, with people. */
export function findingsAsked(policy: Policy): Asked {
  const { make, ask } = access("judged", "holder", policy);
  return {
    make: [...judgedTable("judged", policy), make],
    ask: [totals(ALL_SETS("judged")), ...ask, fieldsGot("judged", policy)],
  };
}

/** Who is in the one and not in the other: of those that got data or may have, and of those that held the permission. */
const only = (kind: string, judged: string, holders: string, others: string, otherHolders: string) =>
  `select distinct '${kind}' as kind, developer_id from (
     (select developer_id from ${judged} where level >= 2 except select developer_id from ${others} where level >= 2)
     union all (select developer_id from ${holders} except select developer_id from ${otherHolders}))`;

/** What another policy would find of the same calls, and how many its keys leave one after another. */
export function dryRunAsked(policy: Policy): Asked {
  const [rule] = policy.rules;
  if (rule === undefined) throw new Error("no rule");
  const operations = (rule.applies_to.operations ?? []) as string[];
  const like = operations.map((each) => `operation ilike ${text(each.replaceAll("*", "%"))}`);
  const permission = text(rule.consent_permission ?? "");
  const keys = [
    `lower(api) in ${list(rule.applies_to.api ?? [])}`,
    `(${like.join(" or ")})`,
    "true",
    `time >= ${micros(rule.effective_from)}`,
    `time < ${micros(policy.as_of ?? "")}`,
    `(coalesce(len(fields), 0) = 0 or ${restricted(rule.restricted_fields ?? [])})`,
    "not coalesce(given, false)",
    `(app is null or app not in ${list(["", ...(rule.exempt_apps ?? [])])})`,
  ];
  const counts = keys.map((_, at) => `count(*) filter (${keys.slice(0, at + 1).join(" and ")})`);
  return {
    make: [...judgedTable("other", policy), access("other", "other_holder", policy).make],
    ask: [
      `with consented as (select id, bool_and(given) as given from (
           select id, exists (select 1 from consent k where k.subject = s.subject and k.app = s.app and k.permission = ${permission} and k.start <= s.time and s.time < k.finish) as given
           from (select id, app, time, unnest(subjects) as subject from call where app in (select app from consent where permission = ${permission}) and lower(api) in ${list(rule.applies_to.api ?? [])}) s) group by id)
       select ${counts.join(", ")} from call left join consented using (id)`,
      totals(TOTAL_SETS("other")),
      only("in", "other", "other_holder", "judged", "holder"),
      only("out", "judged", "holder", "other", "other_holder"),
    ],
  };
}

/**
 * Who got data of one person, when, and which fields: of the table of calls, like the other questions. The calls that list the
 * person are judged alone.
 */
export function personAsked(person: string, policy: Policy): Asked {
  const fields = policy.rules[0]?.restricted_fields ?? [];
  return {
    make: [
      `create or replace temp table listing as select * from call where list_contains(subjects, ${text(person)})`,
      ...judgedTable("about", policy, "listing"),
    ],
    ask: [
      `select developer_id, min(time) as first, max(time) as last, count(*) as events, ${fields
        .map((field) => `bool_or(level = 3 and ${restricted([field])})`)
        .join(
          ", ",
        )} from about where level >= 2 and list_contains(people, ${text(person)}) group by developer_id order by developer_id`,
    ],
  };
}
