import { AS_OF, CUTOFF, iso, RECENT_DAYS } from "../incident/calendar.ts";
import type { Cast } from "../incident/cast.ts";
import { CONSENT, PERMISSION } from "../incident/registry.ts";
import { RULE } from "../truth/findings.ts";

/** The rule, as FORMATS.md writes one. */
export function policy(cast: Cast) {
  return {
    schema: "exhibit/policy@1",
    title: "Groups API, April 2018",
    authority: "FTC docket C-4365",
    as_of: iso(AS_OF),
    recent_days: RECENT_DAYS,
    rules: [
      {
        id: RULE,
        title: "No member names or pictures through the Groups API",
        effective_from: iso(CUTOFF),
        grace_days: 0,
        applies_to: { api: ["groups"], operations: ["GET /{group-id}/members*", "GET /{group-id}/feed"], filter: "" },
        restricted_fields: ["name", "picture"],
        permission: PERMISSION,
        exempt_apps: cast.apps.filter((app) => app.exempt).map((app) => app.id),
        consent_permission: CONSENT,
      },
    ],
  };
}

/** Paths of the platform, for exports that do not say which API was called. */
const RULES = [
  { when: { path: "^/v[0-9.]+/[0-9]+/members$" }, set: { api: "groups", operation: "GET /{group-id}/members" } },
  {
    when: { path: "^/v[0-9.]+/[0-9]+/members/search$" },
    set: { api: "groups", operation: "GET /{group-id}/members/search" },
  },
  {
    when: { path: "^/v[0-9.]+/[0-9]+/feed$", method: "^GET$" },
    set: { api: "groups", operation: "GET /{group-id}/feed" },
  },
  {
    when: { path: "^/v[0-9.]+/[0-9]+/feed$", method: "^POST$" },
    set: { api: "groups", operation: "POST /{group-id}/feed" },
  },
  { when: { path: "^/v[0-9.]+/[0-9]+/albums$" }, set: { api: "groups", operation: "GET /{group-id}/albums" } },
  { when: { path: "^/v[0-9.]+/[0-9]+$" }, set: { api: "groups", operation: "GET /{group-id}" } },
  { when: { path: "^/v[0-9.]+/e-[0-9]+/attending$" }, set: { api: "events", operation: "GET /{event-id}/attending" } },
  { when: { path: "^/v[0-9.]+/p-[0-9]+/posts$" }, set: { api: "pages", operation: "GET /{page-id}/posts" } },
  { when: { path: "^/v[0-9.]+/oauth/token$" }, set: { api: "login", operation: "POST /oauth/token" } },
];

const GROUP_IN_PATH = "^/v[0-9.]+/([0-9]+)(?:/|$)";

/** By file in `mappings/`. */
export const MAPPINGS = {
  "2-edge.json": {
    schema: "exhibit/mapping@1",
    name: "orbit edge gateway",
    format: "jsonl",
    fields_are: "returned",
    fields: {
      time: { from: "ts", parse: "epoch_ms" },
      app: "client.id",
      developer: "client.name",
      method: "req.verb",
      path: "req.path",
      status: "res.code",
      outcome: "res.verdict",
      actor: "user",
      resource: { from: "req.path", match: GROUP_IN_PATH },
      fields: "res.fields",
      subjects: "res.members[].id",
      subject_count: "res.count",
      ip: "req.ip",
      user_agent: "req.ua",
      request_id: "id",
      bytes: "res.bytes",
      duration_ms: "res.ms",
    },
    rules: RULES,
  },
  "3-frontend.json": {
    schema: "exhibit/mapping@1",
    name: "orbit front end",
    format: "combined",
    fields: {
      app: { from: ["query.client_id", "query.app"] },
      fields: { from: "query.fields", split: "," },
      resource: { from: "path", match: GROUP_IN_PATH },
    },
    rules: RULES,
  },
  "4-partner-desk.json": {
    schema: "exhibit/mapping@1",
    name: "orbit partner desk",
    format: "csv",
    delimiter: ";",
    quote: '"',
    skip_rows: 2,
    encoding: "windows-1252",
    timezone: "Europe/Berlin",
    fields_are: "returned",
    fields: {
      time: { from: "Zeit", parse: "dd.MM.yyyy HH:mm:ss" },
      app: "Anwendung",
      developer: "Partner",
      api: "Dienst",
      operation: "Vorgang",
      method: "Methode",
      path: "Pfad",
      status: "Status",
      actor: "Konto",
      resource: "Gruppe",
      fields: { from: "Felder", split: "," },
      subjects: { from: "Mitglieder", split: "," },
      subject_count: "Anzahl",
      ip: "Adresse",
      user_agent: "Programm",
      bytes: "Größe",
    },
  },
};

/** What to hand to Exhibit, in which order; paths are relative to the folder. */
export const INCIDENT = {
  imports: [
    { file: "exports/1-gateway-2018.csv" },
    { file: "exports/1-gateway-2019.csv" },
    { file: "exports/2-edge.jsonl.gz", mapping: "mappings/2-edge.json" },
    { file: "exports/3-frontend.log", mapping: "mappings/3-frontend.json" },
    { file: "exports/4-partner-desk.csv", mapping: "mappings/4-partner-desk.json" },
  ],
  registry: ["developers", "apps", "grants", "consents", "resources"].map((table) => `registry/${table}.csv`),
  policy: "policy.json",
  claims: "claims.json",
  remedy: "remedy.csv",
  clocks: "clocks.json",
  facts: "facts.json",
};

export const README = `An invented incident to try Exhibit on. No company, person, app or call in it is real.

On 2018-04-04 the platform Orbit stopped its Groups API from returning members' names and pictures.
On 2019-11-05 it said that as many as 100 partners had kept that access, and at least 11 had used it in the last 60 days.

exports/      four gateways' log exports in different formats, encodings and zones; the first in two overlapping files
mappings/     how to read those that need telling
registry/     developers, apps, grants, members' consents, group sizes
policy.json   the rule;  claims.json  what Orbit said;  incident.json  which file to import in which order
remedy.csv    what was done about it since: who was revoked, notified, asked, audited
clocks.json   what is due to whom;  facts.json  the facts it goes by, and what was reported when
truth.json    what Exhibit must find, known to the program that made the calls up, not read back from the files
`;
