import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOfTable, tableColumns, tableHeader } from "../../../../main/bundle/contents/event-table.ts";
import { RowPair } from "../../../../main/bundle/rows/row-pair.ts";
import { csvLine } from "../../../../main/query/results/event-csv.ts";
import { instantOf } from "../../../../shared/base/time.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";

const COLUMNS = (columnsOfTable(tableHeader(tableColumns(new Set())).trimEnd()) as string[]).slice(
  1,
  -5,
) as (keyof EventRecord)[];

/** What `take` says of a pair, without the walk. */
function isPair(line: string, row: string, number: number): boolean {
  try {
    const event = JSON.parse(line) as EventRecord;
    const cells = `${number},${csvLine(event, COLUMNS).slice(0, -1)},`;
    return JSON.stringify(event) === line && row.startsWith(cells);
  } catch {
    return false;
  }
}

const TEXT = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("groups", "a, b", "D1", "é€😀", "", ";", "[", " x ") },
  { weight: 1, arbitrary: fc.constantFrom('say "x"', "=1+1", "-", "back\\slash", "\u0007", "+a,b", "\n") },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);
const WHOLE = fc.oneof(
  { weight: 9, arbitrary: fc.nat() },
  fc.constantFrom(0, 1.5, -1, 1e21, 1e15, 999_999_999_999_999),
);
const TIME = fc
  .tuple(
    fc.integer({ min: 1_500_000_000, max: 1_600_000_000 }),
    fc.constantFrom("", "", ".123", ".123", ".123456", ".5"),
  )
  .map(([second, fraction]) => `${new Date(second * 1000).toISOString().slice(0, 19)}${fraction}Z`);
const EVENT: fc.Arbitrary<EventRecord> = fc
  .record(
    {
      ...{ time: TIME, app: TEXT, developer: TEXT, api: TEXT, path: TEXT, status: WHOLE },
      ...{ outcome: fc.constantFrom("allowed", "denied"), fields: fc.array(TEXT, { maxLength: 3 }) },
      ...{ subjects: fc.array(TEXT, { maxLength: 3 }), user_agent: TEXT, bytes: WHOLE },
      ...{
        duplicate: fc.constant(true as const),
        source: fc.nat(9),
        line: fc.nat(),
        offset: fc.nat(),
        length: fc.nat(),
      },
      tags: fc.constantFrom(undefined, undefined, ["reviewed"]),
    },
    { requiredKeys: ["time", "outcome", "source", "line", "offset", "length"] },
  )
  .map((event) => JSON.parse(JSON.stringify(event)) as EventRecord);

const pairOf = (event: EventRecord, number: number) => ({
  line: JSON.stringify(event),
  row: `${number},${csvLine(event, COLUMNS).slice(0, -1)},D1,,,,`,
});

test("a pair that it takes is one, and its call is the line's", () => {
  const pair = new RowPair(COLUMNS);
  let taken = 0;
  fc.assert(
    fc.property(EVENT, fc.integer({ min: 1, max: 1e9 }), (event, number) => {
      const { line, row } = pairOf(event, number);
      const before = "{}\n";
      const json = Buffer.from(`${before}${line}\n{}\n`);
      const at = Buffer.byteLength("x\n");
      if (!pair.take(json, before.length, Buffer.from(`x\n${row}\n`), at, number)) return;
      taken += 1;
      expect(isPair(line, row, number)).toBe(true);
      expect(json.subarray(before.length, pair.lineEnd).toString()).toBe(line);
      expect(`${number},${row.slice(row.length - "D1,,,,".length)}`).toBe(
        `${number},${Buffer.from(`x\n${row}`).subarray(pair.saidAt).toString()}`,
      );
      expect(
        Object.fromEntries(COLUMNS.map((name) => [name, pair.event[name]]).filter(([, value]) => value !== undefined)),
      ).toEqual(event);
      expect(pair.time).toBe(instantOf(event.time));
    }),
    { numRuns: 500 },
  );
  expect(taken, "most are plain").toBeGreaterThan(50);
});

test("of a pair with a byte changed, put in or left out it takes none that is no pair", () => {
  const pair = new RowPair(COLUMNS);
  const event: EventRecord = {
    ...{ time: "2018-04-04T10:00:00.123Z", app: "a1", developer: "Acme, Inc", api: "groups", status: 200 },
    ...{ outcome: "allowed", fields: ["name", "picture"], fields_are: "returned", subjects: ["p1", "p,2"] },
    ...{ duplicate: true, source: 1, line: 12, offset: 3456, length: 78 },
  };
  const { line, row } = pairOf(event, 10);
  const takes = (json: string, csv: string) => pair.take(Buffer.from(`${json}\n`), 0, Buffer.from(`${csv}\n`), 0, 10);
  expect(takes(line, row)).toBe(true);
  expect(pair.take(Buffer.from(line), 0, Buffer.from(row), 0, 11), "the number of another row").toBe(false);
  const letters = ['"', ",", ";", "\\", "[", "]", "0", " ", "=", "a", "}", "\n", ""];
  for (const letter of letters)
    for (let at = 0; at <= Math.max(line.length, row.length); at += 1)
      for (const width of [0, 1]) {
        const changed = (text: string) => text.slice(0, at) + letter + text.slice(at + width);
        for (const [json, csv] of [
          [changed(line), row],
          [line, changed(row)],
          [changed(line), changed(row)],
        ] as const)
          if (takes(json, csv)) expect(isPair(json.split("\n")[0] ?? "", csv, 10), `${json} ${csv}`).toBe(true);
      }
});

test("neither file may end within a pair", () => {
  const pair = new RowPair(COLUMNS);
  const { line, row } = pairOf(
    { time: "2018-04-04T10:00:00Z", api: "groups", outcome: "denied", source: 1, line: 2, offset: 3, length: 4 },
    1,
  );
  for (let end = 0; end < line.length; end += 1)
    expect(pair.take(Buffer.from(line.slice(0, end)), 0, Buffer.from(row), 0, 1)).toBe(false);
  for (let end = 0; end < row.length - "D1,,,,".length; end += 1)
    expect(pair.take(Buffer.from(line), 0, Buffer.from(row.slice(0, end)), 0, 1)).toBe(false);
});
