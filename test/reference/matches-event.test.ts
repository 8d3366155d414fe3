import { describe, expect, test } from "vitest";
import { parse } from "../../shared/filter/parse.ts";
import { resolve } from "../../shared/filter/resolve.ts";
import type { EventRecord } from "../../shared/model/event.ts";
import { matchesEvent, type Surroundings } from "./matches-event.ts";

const event: EventRecord = {
  time: "2018-04-04T10:30:15.500Z",
  app: "1041",
  developer: "Acme Social",
  api: "groups",
  operation: "GET /{group-id}/members",
  path: "/v2.12/77/members",
  status: 200,
  outcome: "allowed",
  fields: ["id", "from{name,picture}"],
  fields_are: "requested",
  subjects: [],
  ip: "10.1.2.3",
  duration_ms: 12.5,
  source: 2,
  line: 7,
  offset: 600,
  length: 90,
  tags: ["Reviewed"],
};
const around: Surroundings = {
  line: '{"q":"access_token=AbC"}',
  sourceNames: ["b.csv", "exports/b.csv"],
  findings: ["rule-1", "dev-9", "confirmed"],
  levels: ["possible"],
};
const times = { cutoff: Date.UTC(2018, 3, 4) * 1000, asOf: Date.UTC(2018, 5, 3) * 1000 };

const holds = (filter: string, more: Partial<EventRecord> = {}) =>
  matchesEvent(resolve(parse(filter), times), { ...event, ...more }, around);

describe("holds", () => {
  test.each([
    "",
    "*",
    "access_token ABC",
    "token*abc",
    "API:GROUPS",
    'developer:"acme social"',
    "developer:acme*",
    "operation:*members",
    "path:/v2.12/*/members",
    "time:2018",
    "time:2018-04-04T10:30:15",
    "time<=2018-04 time:..2018-04",
    "time>2018-03",
    "time>=cutoff time<asof",
    "time:last60d",
    "time:cutoff..asof",
    "status:2xx",
    "status:(404 or 200)",
    "status:200..204 status:200.. status:..200",
    "status:1xx..2xx",
    "duration_ms>12 duration_ms<12.6",
    "outcome:allowed",
    "fields:name",
    "fields:from.name",
    'fields:"from{name,picture}"',
    "fields:(name and id)",
    "fields:*",
    "fields_are:requested",
    "subjects:*",
    "not subjects:x",
    "-actor:u1",
    "-actor:*",
    "not subject_count>5",
    "ip:10.0.0.0/8",
    "ip:10.1.*",
    "duplicate:no",
    "source:2",
    "source:B.CSV",
    "source:1..2",
    "line:7 offset>=600 length<91",
    "tag:reviewed",
    "-note:*",
    "finding:confirmed finding:rule-1 finding:DEV-9",
    "level:possible",
    "level:attempted+",
    "level:*",
    "nope or api:groups",
    "api:groups nope or status:200",
  ])("%s", (filter) => expect(holds(filter)).toBe(true));
});

describe("does not hold", () => {
  test.each([
    "nope",
    "api:group",
    "time>2018-04",
    "time<2018-04",
    "time:2018-05..",
    "time<cutoff",
    "status:4xx",
    "status>2xx",
    "fields:nam",
    "actor:*",
    "actor:u1",
    "-actor:(not x)",
    "subjects:x",
    "subject_count:0",
    "duplicate:yes",
    "source:b",
    "tag:review",
    "level:obtained",
    "level:obtained+",
    "finding:open",
    "api:groups (nope or status:404)",
  ])("%s", (filter) => expect(holds(filter)).toBe(false));
});

test("duplicates are left out unless the filter names them", () => {
  expect(holds("", { duplicate: true })).toBe(false);
  expect(holds("api:groups", { duplicate: true })).toBe(false);
  expect(holds("duplicate:yes", { duplicate: true })).toBe(true);
  expect(holds("api:groups (nope or -duplicate:no)", { duplicate: true })).toBe(true);
  expect(holds("duplicate:*", { duplicate: true })).toBe(true);
  expect(holds("duplicate:no", { duplicate: true })).toBe(false);
});

test("an empty list of fields is not known, an empty list of people is known", () => {
  expect(holds("fields:*", { fields: [] })).toBe(false);
  expect(holds("subjects:*", { subjects: [] })).toBe(true);
});

test("a period's first and last microsecond", () => {
  const at = (time: string, filter: string) => holds(filter, { time });
  expect(at("2018-04-30T23:59:59.999999Z", "time<=2018-04")).toBe(true);
  expect(at("2018-04-30T23:59:59.999999Z", "time:..2018-04")).toBe(true);
  expect(at("2018-04-30T23:59:59.999999Z", "time>2018-04")).toBe(false);
  expect(at("2018-05-01T00:00:00Z", "time>2018-04")).toBe(true);
  expect(at("2018-05-01T00:00:00Z", "time:2018-04")).toBe(false);
  expect(at("2018-04-01T00:00:00Z", "time<2018-04")).toBe(false);
  expect(at("2018-06-03T00:00:00Z", "time:last60d")).toBe(false);
  expect(at("2018-06-02T23:59:59.999999Z", "time:last60d")).toBe(true);
  expect(at("2018-04-04T00:00:00Z", "time:last60d time>=cutoff")).toBe(true);
  expect(at("2018-04-03T23:59:59.999999Z", "time:last60d or time>=cutoff")).toBe(false);
});
