import fc from "fast-check";
import { expect, test } from "vitest";
import { dataScript } from "../../../../main/bundle/viewer/data-script.ts";
import { isoOf } from "../../../../shared/base/time.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { CHUNK_ROWS, GROUP_NAMES } from "../../../../shared/viewer/data.ts";
import { COLUMNS, exactOf } from "../../../../viewer/calls/columns.ts";
import { callsOf, read } from "../../../viewer/data-of.ts";

const FIELDS = COLUMNS.filter(
  (column) => !["event", "developer_id", "level", "rule"].includes(column),
) as (keyof EventRecord)[];

const event = (at: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time: isoOf(1_522_800_000_000_000 + at * 1_000_001),
  outcome: "allowed",
  source: 1,
  line: at + 2,
  offset: at * 100,
  length: 99,
  ...more,
});

test("what the page reads of a call is what events.jsonl says of it, whatever stands in it", async () => {
  const text = fc.string({ unit: "binary", maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record(
          {
            developer: text,
            path: fc.constantFrom("</script><script>alert(1)</script>", "\u2028", "<!--", "\u0000"),
            subjects: fc.array(text, { maxLength: 5 }),
            fields: fc.array(text, { maxLength: 3 }),
            bytes: fc.oneof(fc.integer(), fc.constant(2 ** 40), fc.constant(0)),
            duration_ms: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
          },
          { requiredKeys: [] },
        ),
        { minLength: 1, maxLength: 8 },
      ),
      async (given) => {
        const events = given.map((more, at) => event(at, more));
        const calls = callsOf(
          events.map((each) => ({ event: each, developerId: "D", rules: [], levels: [], line: "" })),
        );
        await calls.demand(GROUP_NAMES);
        for (const [row, each] of events.entries())
          for (const field of FIELDS) {
            expect([field, exactOf(calls, field as never, row)]).toEqual([field, each[field]]);
          }
      },
    ),
    { numRuns: 25 },
  );
});

test("more calls than a file holds are read as one", async () => {
  const rows = Array.from({ length: CHUNK_ROWS + 3 }, (_, at) => ({
    event: event(at, { app: `a${at % 300}` }),
    developerId: "D",
    rules: [],
    levels: [],
    line: "",
  }));
  const calls = callsOf(rows);
  await calls.demand(["core", "place"]);
  expect(calls.chunks).toBe(2);
  for (const row of [0, CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 2]) {
    expect(calls.value("app", row)).toBe(`a${row % 300}`);
    expect(calls.value("offset", row)).toBe(row * 100);
    expect(isoOf(calls.times[row] as number)).toBe(rows[row]?.event.time);
  }
});

test("a data script ends no script and holds no markup", () => {
  const value = ["</script>", "<!--", "\u2028\u2029", '"\\'];
  const script = dataScript("x", value, [Buffer.from([0, 255])]).toString();
  expect(script).not.toMatch(/[<\u2028\u2029]/u);
  expect(read(script)).toEqual({ value, bytes: ["AP8="] });
});
