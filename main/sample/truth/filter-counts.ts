import { type Developer, PEOPLE, personId } from "../incident/actors.ts";
import { AS_OF, at, CUTOFF, RECENT } from "../incident/calendar.ts";
import type { Call } from "../incident/call-kinds.ts";
import { ATTEMPTED, OBTAINED, POSSIBLE, type Verdict } from "../incident/call-levels.ts";
import type { Cast } from "../incident/cast.ts";
import { AWKWARD } from "../incident/names.ts";
import { RULE } from "./findings.ts";

/** A call as it stands in a file. */
export interface Row {
  call: Call;
  source: number;
  line: number;
  duplicate: boolean;
  verdict: Verdict;
  owner: Developer;
}

type Test = (row: Row, call: Call) => boolean;

interface Count {
  readonly filter: string;
  readonly test: Test;
  /** The filter names `duplicate`: they are not left out. */
  readonly duplicates: boolean;
  count: number;
}

/** The developer that the event shows: nobody's name for an app that nobody registered or named. */
const shown = (row: Row): string => (row.owner.registered || row.owner.id.startsWith("name:") ? row.owner.name : "");
const owned = (row: Row, name: string): boolean => row.owner.name === name && shown(row) !== "";
const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const listsPerson = (call: Call, person: number): boolean => call.people?.includes(person) ?? false;
const counted = (row: Row): boolean =>
  row.verdict === ATTEMPTED || row.verdict === POSSIBLE || row.verdict === OBTAINED;

/** A filter, and its meaning as plain code. */
type Question = readonly [filter: string, test: Test];

const JUNE = at("2018-06-01T00:00:00Z");
const JULY = at("2018-07-01T00:00:00Z");
const [COMMA, QUOTES, UMLAUT, KANJI, HTML, FORMULA, ARABIC, SEMICOLON, STAR, DASH] = AWKWARD;

/** No filter, duplicates, one field, a month of it. */
const PLAIN: readonly Question[] = [
  ["", () => true],
  ["duplicate:yes", (row) => row.duplicate],
  ["duplicate:(yes or no)", () => true],
  ["source:2 duplicate:no", (row) => row.source === 2 && !row.duplicate],
  ["api:groups", (_, call) => call.operation.api === "groups"],
  ["API:Groups OUTCOME:allowed", (_, call) => call.operation.api === "groups" && call.outcome === "allowed"],
  [
    "api:groups outcome:allowed time>=cutoff time<asof",
    (_, call) =>
      call.operation.api === "groups" && call.outcome === "allowed" && call.time >= CUTOFF && call.time < AS_OF,
  ],
  ["api:groups time:2018-06", (_, call) => call.operation.api === "groups" && call.time >= JUNE && call.time < JULY],
  ["api:groups time:2018-06-04..2018-06-10", () => false],
];

/** Times: from the first µs, to before the last. */
const TIMES: readonly (readonly [filter: string, from: number, to: number])[] = [
  ["time:2018-04", at("2018-04-01T00:00:00Z"), at("2018-05-01T00:00:00Z")],
  ["time:2019", at("2019-01-01T00:00:00Z"), AS_OF * 2],
  ["time:2018-04-04", CUTOFF, at("2018-04-05T00:00:00Z")],
  ["time<=2018-04", 0, at("2018-05-01T00:00:00Z")],
  ["time:..2018-04", 0, at("2018-05-01T00:00:00Z")],
  ["time>2019-09", at("2019-10-01T00:00:00Z"), AS_OF * 2],
  ["time<2018-06-01", 0, JUNE],
  ["time:2018-04-03T22:00..2018-04-04T01:59", at("2018-04-03T22:00:00Z"), at("2018-04-04T02:00:00Z")],
  ["time>=2018-06-01T02:00:00+02:00", JUNE, AS_OF * 2],
  ["time:cutoff..asof", CUTOFF, AS_OF + 1],
  ["time:last60d", RECENT, AS_OF],
];

/** Operators, groups, ranges of numbers. */
const COMBINED: readonly Question[] = [
  [
    "api:(events or pages) not outcome:denied",
    (_, { operation, outcome }) => (operation.api === "events" || operation.api === "pages") && outcome !== "denied",
  ],
  [
    "api:login or api:pages status:404",
    (_, { operation, status }) => operation.api === "login" || (operation.api === "pages" && status === 404),
  ],
  [
    "(api:login or api:pages) status:404",
    (_, { operation, status }) => (operation.api === "login" || operation.api === "pages") && status === 404,
  ],
  [
    "-api:groups -(status:200 or status:304)",
    (_, { operation, status }) => operation.api !== "groups" && status !== 200 && status !== 304,
  ],
  ["status:4xx", (_, { status }) => status >= 400 && status < 500],
  ["status>=500 or outcome:unknown", (_, { status, outcome }) => status >= 500 || outcome === "unknown"],
  ["status:300..399", (_, { status }) => status >= 300 && status < 400],
  ["-status:*", (_, { status }) => status === 0],
  ["outcome:denied status:200", (_, { outcome, status }) => outcome === "denied" && status === 200],
];

/** Developers: awkward names, wildcards, apps that nobody registered. */
function developerQuestions(cast: Cast): Question[] {
  const recent = cast.named.lastInstant;
  return [
    ...[COMMA, QUOTES, UMLAUT, KANJI, HTML, FORMULA, ARABIC, SEMICOLON, STAR, DASH].map(
      (name): Question => [`developer:${quoted(name)}`, (row) => owned(row, name)],
    ),
    ["developer:*social*", (row) => shown(row).toLowerCase().includes("social")],
    [
      `developer:quillfen* api:events`,
      (row, call) => shown(row).startsWith("Quillfen") && call.operation.api === "events",
    ],
    [
      `developer:(${quoted(recent.name)} or ${quoted(COMMA)}) not api:(login or pages)`,
      (row, { operation }) =>
        (owned(row, recent.name) || owned(row, COMMA)) && operation.api !== "login" && operation.api !== "pages",
    ],
    ['developer:"Larkspur Relay"', (row) => row.owner === cast.named.unregisteredNamed],
    ["-developer:*", (row) => shown(row) === ""],
  ];
}

/** Apps, methods, operations, paths and resources. */
function appQuestions(cast: Cast): Question[] {
  const recent = cast.named.lastInstant;
  const last = recent.apps[0]?.id as string;
  const zeros = cast.apps[5]?.id as string;
  const group = cast.groups[recent.apps[0]?.groups[0] ?? 0]?.id as string;
  return [
    [`app:${zeros}`, (_, call) => call.app?.id === zeros],
    ["app:71234", () => false],
    ["app:1041*", (_, call) => call.app?.id.startsWith("1041") ?? false],
    ["-app:*", (_, call) => call.app === undefined],
    [`app:${last} method:GET`, (_, call) => call.app?.id === last && call.operation.method === "GET"],
    ["method:post", (_, { operation }) => operation.method === "POST"],
    [
      'operation:"GET /{group-id}/members"',
      (_, { operation }) => operation.name.toLowerCase() === "get /{group-id}/members",
    ],
    ["path:/v2.12/*/members", (_, { path }) => path.startsWith("/v2.12/") && path.endsWith("/members")],
    [`resource:${group}`, (_, call) => cast.groups[call.group]?.id === group],
    ["-resource:* api:groups", () => false],
  ];
}

/** What was asked for or returned. */
const FIELDS: readonly Question[] = [
  ["fields:name", (_, { fields }) => fields.found.includes("name")],
  ["fields:from.name", (_, { fields }) => fields.found.includes("from.name")],
  ['fields:"from{name,picture}"', (_, { fields }) => fields.found.includes("from{name,picture}")],
  [
    "fields:(name or picture) api:groups",
    (_, { fields, operation }) =>
      operation.api === "groups" && (fields.found.includes("name") || fields.found.includes("picture")),
  ],
  ["fields:username", (_, { fields }) => fields.found.includes("username")],
  ["-fields:* api:groups", (_, { fields, operation }) => operation.api === "groups" && fields.list.length === 0],
  [
    "fields_are:requested api:groups",
    (_, call) => call.home === 3 && call.operation.api === "groups" && call.fields.list.length > 0,
  ],
];

/** Whom it was about, and how the request was made. */
const PEOPLE_AND_REQUESTS: readonly Question[] = [
  [`subjects:${personId(PEOPLE.frequent)}`, (_, call) => listsPerson(call, PEOPLE.frequent)],
  [
    "-subjects:* api:groups outcome:allowed",
    (_, call) => call.people === undefined && call.operation.api === "groups" && call.outcome === "allowed",
  ],
  ["subject_count>=20", (_, call) => call.count >= 20],
  ["subject_count:0", (_, call) => call.count === 0],
  ["ip:10.20.0.0/16", (_, { ip }) => ip.startsWith("10.20.")],
  ["ip:10.99.1.1", (_, { ip }) => ip === "10.99.1.1"],
  ["user_agent:orbit-retry*", (_, { agent }) => agent.startsWith("Orbit-Retry")],
  ['"orbit-retry/1.0"', (_, { agent }) => agent.startsWith("Orbit-Retry/1.0")],
  ["Orbit-SDK api:groups", (_, { agent, operation }) => agent.includes("Orbit-SDK") && operation.api === "groups"],
  ["bytes:1000..2000", (_, { bytes }) => bytes >= 1000 && bytes <= 2000],
  ["duration_ms<10", (_, { duration }) => duration >= 0 && duration < 10],
  ["request_id:00*", (_, { requestId }) => requestId.startsWith("00")],
  ["-request_id:*", (_, { requestId }) => requestId === ""],
  ["actor:u-17", (_, { actor }) => actor === "u-17"],
];

/** Sources and their lines. */
const SOURCES: readonly Question[] = [
  ["source:3", (row) => row.source === 3],
  ["source:1-gateway-2018.csv", (row) => row.source === 1],
  ["not source:(1 or 2) outcome:failed", (row, { outcome }) => row.source > 2 && outcome === "failed"],
  ["source:1 line<=500", (row) => row.source === 1 && row.line <= 500],
];

/** Levels and findings. */
function findingQuestions(cast: Cast): Question[] {
  const recent = cast.named.lastInstant;
  return [
    ["level:attempted", (row) => row.verdict === ATTEMPTED],
    ["level:possible", (row) => row.verdict === POSSIBLE],
    ["level:obtained", (row) => row.verdict === OBTAINED],
    [
      "level:possible+ time:last60d",
      (row, call) => (row.verdict === POSSIBLE || row.verdict === OBTAINED) && call.time >= RECENT,
    ],
    [
      "level:obtained fields:picture",
      (row, { fields }) => row.verdict === OBTAINED && fields.found.includes("picture"),
    ],
    [`finding:${RULE}`, counted],
    [`finding:${recent.id}`, (row) => counted(row) && row.owner === recent],
    [`finding:"app:880002"`, (row) => counted(row) && row.owner === cast.named.unregistered],
  ];
}

/** Filters over every part of the language, in the order of the truth file. */
const questions = (cast: Cast): Question[] => [
  ...PLAIN,
  ...TIMES.map(([filter, from, to]): Question => [filter, (_, call) => call.time >= from && call.time < to]),
  ...COMBINED,
  ...developerQuestions(cast),
  ...appQuestions(cast),
  ...FIELDS,
  ...PEOPLE_AND_REQUESTS,
  ...SOURCES,
  ...findingQuestions(cast),
];

/** How many events each filter must find. */
export class Counts {
  readonly #all: Count[];

  constructor(cast: Cast) {
    this.#all = questions(cast).map(([filter, test]) => ({
      filter,
      test,
      duplicates: filter.includes("duplicate"),
      count: 0,
    }));
  }

  add(row: Row): void {
    for (const each of this.#all) {
      if (row.duplicate && !each.duplicates) continue;
      if (each.test(row, row.call)) each.count += 1;
    }
  }

  json() {
    return this.#all.map(({ filter, count }) => ({ filter, count }));
  }
}
