import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../shared/filter/parse.ts";
import { namesDuplicate, resolve } from "../../shared/filter/resolve.ts";
import type { EventRecord } from "../../shared/model/event.ts";
import { filterCounts } from "./count.ts";
import { matchesEvent } from "./matches-event.ts";
import { micros } from "./time.ts";

const some = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);
const DAYS = [
  "2018-03-31",
  "2018-04-03",
  "2018-04-04",
  "2018-04-19",
  "2018-04-30",
  "2018-05-01",
  "2018-06-15",
  "2018-12-24",
];
DAYS.push("2019-02-28", "2019-03-01", "2019-09-05", "2019-09-06", "2019-10-20", "2019-11-04", "2019-11-05");
const CLOCKS = ["00:00:00", "00:00:00.000001", "12:29:59.999", "12:30:00", "23:59:59.999999"];

const record = fc
  .record({
    time: fc.tuple(fc.constantFrom(...DAYS), fc.constantFrom(...CLOCKS)).map(([day, clock]) => `${day}T${clock}Z`),
    app: some("1041", "1042"),
    developer: some('Acme "Social" GmbH', "Müller & Söhne", "Bluebird Apps", "or"),
    api: some("groups", "Groups", "events", "pages", "login"),
    operation: some("GET /{group-id}/members", "GET /{page-id}/members/all", "POST /{group-id}/feed", "GET*Members"),
    method: some("GET", "post", "DELETE"),
    status: some(200, 204, 302, 400, 403, 404, 499, 500),
    outcome: fc.constantFrom("allowed", "denied", "failed", "unknown"),
    caller: some("app", "user", "service"),
    resource: some("g1", "g2"),
    fields: some(["name"], ["id"], ["from{name,picture}"], ["picture.type", "id"], ["username"], []),
    fields_are: some("returned", "requested"),
    subjects: some(["p1"], ["P2", "p1"], []),
    subject_count: some(0, 9, 10, 39, 40),
    ip: some("203.0.113.7", "203.0.200.9", "198.51.100.1", "2001:db8::1"),
    request_id: some("a7", "b8"),
    bytes: some(500, 501, 20_000),
    duplicate: fc.constantFrom(undefined, undefined, true),
    source: fc.constantFrom(1, 2, 3),
    line: fc.integer({ min: 1, max: 60 }),
    offset: fc.nat(),
    length: fc.nat(),
  })
  .map((row) => JSON.parse(JSON.stringify(row)) as EventRecord);

const events = fc.sample(record, { numRuns: 4000, seed: 7 });
const times = { cutoff: micros("2018-04-04T00:00:00Z"), asOf: micros("2019-11-05T00:00:00Z") };
const counts = filterCounts(events);

test("there are thirty and more", () => expect(counts.length).toBeGreaterThanOrEqual(30));

test.each(counts)("$filter", ({ filter, keep }) => {
  const resolved = resolve(parse(filter), times);
  const all = events.filter((event) => !event.duplicate || namesDuplicate(resolved));
  const kept = all.filter((event) => keep(event, JSON.stringify(event)));
  const matched = all.filter((event) => matchesEvent(resolved, event, { line: JSON.stringify(event) }));
  expect(matched).toEqual(kept);
  expect(kept.length).toBeGreaterThan(0);
  if (filter !== "") expect(kept.length).toBeLessThan(events.length);
});
