import fc from "fast-check";
import { expect, test } from "vitest";
import { rowTest } from "../../../main/query/filter/row-test.ts";
import { instantOf } from "../../../shared/base/time.ts";
import { contains } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { Level } from "../../../shared/model/level.ts";
import { find } from "../../../viewer/filter/evaluate.ts";
import { callsOf, type Row } from "../data-of.ts";

const TIMES = { cutoff: Date.UTC(2018, 3, 4) * 1000, asOf: Date.UTC(2019, 10, 5) * 1000 };
const DECISIONS = [
  { rule: "r1", developer_id: "D1", disposition: "confirmed", reason: "", at: "", by: "" },
  { rule: "r2", developer_id: "D2", disposition: "dismissed", reason: "", at: "", by: "" },
] as const;
const SOURCES = [
  { source: 1, file: "a.csv", timezone: "UTC", timezone_from: "timestamps" },
  { source: 2, file: "b.zip", member: "logs/b.jsonl", timezone: "UTC", timezone_from: "timestamps" },
];

const some = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const event = fc.record({
  time: fc.constantFrom(
    "2018-04-03T23:59:59.999999Z",
    "2018-04-04T00:00:00Z",
    "2019-09-06T00:00:00Z",
    "2020-01-01T12:30:00.5Z",
  ),
  app: some("a1", "a2"),
  developer: some("Acme Social", "<b>Ως</b>"),
  api: some("groups", "pages"),
  operation: some("GET /{id}/members", "feed"),
  method: some("GET"),
  path: some("/v2/1/members", "/v2/2/feed"),
  status: some(200, 404, 500),
  outcome: fc.constantFrom("allowed" as const, "denied" as const, "unknown" as const),
  actor: some("u-1", "u-2"),
  caller: some("app" as const, "service" as const),
  resource: some("g1"),
  fields: some([], ["name"], ["from{name,picture}", "id"]),
  fields_are: some("returned" as const, "requested" as const),
  subjects: some([], ["9001"], ["9001", "9002", "9001"]),
  subject_count: some(0, 25),
  ip: some("10.1.2.3", "2001:db8::1"),
  user_agent: some("curl/8"),
  request_id: some("7f3a", "7F3A-b"),
  bytes: some(0, 5_000_000_000),
  duration_ms: some(0.5, 12),
  duplicate: some(true as const),
  source: fc.constantFrom(1, 2),
  line: fc.integer({ min: 1, max: 9 }),
  length: fc.constantFrom(20, 90),
  tags: some(["Reviewed"], ["a", "b"]),
  notes: some(["See the letter."]),
});
const row = fc.record({
  event,
  developerId: fc.constantFrom("D1", "D2", "app:a1"),
  said: fc.constantFrom<[string[], Level[]]>(
    [[], []],
    [["r1"], ["obtained"]],
    [
      ["r1", "r2"],
      ["attempted", "possible"],
    ],
  ),
  line: fc.constantFrom('{"q":"token=AbC"}', "plain \u2028 text", "Σίσυφος"),
});

const term = fc.constantFrom(
  ...["time>=cutoff", "time<cutoff", "time:last60d", "time:2018-04", "time:*", "app:a1", "-app:*", "developer:D1"],
  ...['developer:"acme social"', "developer:*", "developer:*ΣΣ*", "api:GROUPS", "operation:*members", "method:get"],
  ...["path:/v2/*/feed", "status:4xx", "status>=500", "status:*", "outcome:allowed", "actor:u-*", "caller:service"],
  ...[
    "resource:g1",
    "fields:name",
    "fields:picture",
    "fields:*",
    "fields_are:requested",
    "subjects:9002",
    "subjects:*",
  ],
  ...[
    "subject_count>=1",
    "subject_count:0",
    "ip:10.0.0.0/8",
    "ip:2001:db8::1",
    'user_agent:"curl/8"',
    "request_id:7f3a",
  ],
  ...["request_id:7f3a*", "bytes>1000000", "duration_ms:0.5..20", "duplicate:yes", "duplicate:no", "source:2"],
  ...[
    "source:b.zip",
    'source:"logs/b.jsonl"',
    "source:1..1",
    "line:3",
    "offset>=100",
    "length:90",
    "tag:reviewed",
    "tag:*",
  ],
  ...["note:*", "note:*letter*", "finding:r1", "finding:confirmed", "finding:open", "finding:D2", "level:obtained"],
  ...["level:attempted+", "level:*", "token", '"abc"', "σίσυφος", '"plain * text"'],
);
const filter = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    term,
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(${a}) (${b})`),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(${a}) or (${b})`),
    tie("any").map((a) => `not (${a})`),
  ),
})).any;

test("a filter finds on the page the calls that the program finds, by chance", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 12 }),
      fc.array(filter, { minLength: 1, maxLength: 4 }),
      async (given, filters) => {
        const rows: Row[] = given
          .map(({ event: { ...fields }, developerId, said: [rules, levels], line }, at) => ({
            event: Object.fromEntries(
              Object.entries({ ...fields, offset: 50 * at }).filter(([, value]) => value !== undefined),
            ) as unknown as EventRecord,
            developerId,
            rules,
            levels,
            line: `${line} ${at}`,
          }))
          .toSorted((a, b) => (a.event.time < b.event.time ? -1 : a.event.time > b.event.time ? 1 : 0));
        const calls = callsOf(rows, { times: TIMES, decisions: DECISIONS, sources: SOURCES });
        for (const text of filters) {
          const holds = rowTest(resolve(parse(text), TIMES));
          const wanted = rows.map((each) =>
            Number(
              holds(each.event, {
                time: instantOf(each.event.time),
                developerId: each.developerId,
                levels: each.levels as Level[],
                sourceNames: each.event.source === 1 ? ["a.csv"] : ["b.zip", "logs/b.jsonl"],
                findings: () =>
                  each.rules.flatMap((rule) => [
                    rule,
                    each.developerId,
                    DECISIONS.find((one) => one.rule === rule && one.developer_id === each.developerId)?.disposition ??
                      "open",
                  ]),
                holds: (words) => contains(words)(each.line),
              }),
            ),
          );
          expect([text, [...(await find(calls, text)).mask]]).toEqual([text, wanted]);
        }
      },
    ),
    { numRuns: 150 },
  );
});
