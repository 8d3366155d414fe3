import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import type { Plan } from "../../../../main/intake/mapping/plan.ts";
import { BAD, LENGTH, LINE, LINES, newSlot, OFFSET, RECORD_INTS } from "../../../../main/intake/read/batch.ts";
import { Batcher } from "../../../../main/intake/read/batcher.ts";
import type { Position } from "../../../../main/intake/read/checkpoint.ts";
import { startPosition } from "../../../../main/intake/read/checkpoint.ts";
import { physicalLines, readAll } from "../read-text.ts";

const planOf = (records: readonly string[], format = "json"): Plan =>
  compilePlan(
    resolveMapping({ schema: "exhibit/mapping@1", format, fields: { app: "id" } }),
    { head: 0, headRecords: 0, records },
    "utf-8",
    "UTC",
  );
const idsOf = async (text: string, records: readonly string[], bytes = 1 << 16, rows = 1000, piece = 1 << 16) => {
  const plan = planOf(records);
  const input = plan.inputs.findIndex((place) => place.kind === "path" && place.path[0] === "id");
  const read = await readAll(plan, Buffer.from(text), { bytes, rows }, piece);
  return {
    ids: read.records.filter(({ bad }) => bad === undefined).map(({ values }) => values[input]),
    bad: read.records.flatMap(({ bad, line, lines }) => (bad === undefined ? [] : [[line, lines, bad]])),
    places: read.records.map(({ offset, length }) => Buffer.from(text).toString("utf8", offset, offset + length)),
    lines: read.lines,
  };
};

/** What a path leads to, the plain way. */
function walk(value: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (step === "[]") return Array.isArray(value) ? value.flatMap((item) => walk(item, rest)) : [];
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value) && Object.hasOwn(value, step);
  return isObject ? walk((value as Record<string, unknown>)[step], rest) : [];
}

const record = fc.record({ id: fc.nat().map(String) }, { requiredKeys: ["id"] });
const noise = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("]}", '{"a":[', "\\", '"'));
const level = (inner: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.dictionary(fc.constantFrom("x", "y", "a.b"), noise, { maxKeys: 2 }), fc.option(inner, { freq: 8 }))
    .map(([around, list]) => ({ ...around, ...(list === null ? {} : { list }), z: 1 }));
const nested = level(fc.array(level(fc.array(record, { maxLength: 3 })), { maxLength: 3 }));

test("lists in lists, in several documents, are walked as JSON.parse finds them, wherever batches end", async () => {
  const path = ["list", "[]", "list", "[]"];
  await fc.assert(
    fc.asyncProperty(
      fc.array(nested, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(undefined, 1, "\t"),
      fc.constantFrom(32, 100, 1 << 12),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 40 }),
      async (documents, indent, bytes, rows, piece) => {
        const text = documents.map((document) => JSON.stringify(document, undefined, indent)).join("\n");
        const wanted = documents.flatMap((document) => walk(document, path)) as { id: string }[];
        const { ids, bad, places, lines } = await idsOf(text, path, bytes, rows, piece);
        expect(bad).toEqual([]);
        expect(ids).toEqual(wanted.map(({ id }) => id));
        expect(places.map((place) => JSON.parse(place) as unknown)).toEqual(wanted);
        expect(lines).toBe(physicalLines(text));
      },
    ),
    { numRuns: 200 },
  );
});

test("goes on from behind any batch, through what a checkpoint keeps, as if it had never stopped", async () => {
  const path = ["list", "[]", "list", "[]"];
  const beside = JSON.stringify({ x: ["]}".repeat(40_000), "\\".repeat(30_001)] });
  const part = (n: number) =>
    `{"z":${n % 4 === 1 ? beside : "[1,{}]"},\n"list":[{"list":[{"id":"${n}a"},\r\n{"id":"${n}b"}]},{"x":1}]}`;
  for (const tail of ["", ',"list":[', ' {"list":[{"list":[{"id":tru', "]"]) {
    const bytes = Buffer.from(Array.from({ length: 6 }, (_, n) => part(n)).join("\n") + tail);
    const plan = planOf(path);
    const run = async (from: Position) => {
      const seen: unknown[] = [];
      const positions: Position[] = [];
      const batcher = new Batcher(
        plan,
        {
          emptySlot: async () => newSlot({ bytes: 512, rows: 3 }, plan.inputs.length),
          emit(slot, info, position) {
            const rows = new Int32Array(slot.records);
            for (let row = 0; row < info.rows; row++) {
              const at = (column: number) => rows[row * RECORD_INTS + column] as number;
              const bad = info.reasons[at(BAD) - 1];
              seen.push([info.line + at(LINE), at(LINES), info.offset + at(OFFSET), at(LENGTH), bad]);
            }
            positions.push(JSON.parse(JSON.stringify({ ...position, seen: seen.length })) as Position);
          },
        },
        from,
      );
      for (let at = from.offset; at < bytes.length; at += 300)
        await batcher.push(bytes.subarray(at, Math.min(at + 300, bytes.length)));
      await batcher.end();
      return { seen, positions, lines: batcher.lines };
    };
    const whole = await run(startPosition);
    expect(whole.positions.length).toBeGreaterThan(5);
    for (const position of whole.positions) {
      const rest = await run(position);
      const { seen } = position as Position & { seen: number };
      expect([...whole.seen.slice(0, seen), ...rest.seen]).toEqual(whole.seen);
      expect(rest.lines).toBe(whole.lines);
    }
  }
});

test("a value beside the records may be of any size, and is never held", async () => {
  const beside = JSON.stringify({ x: ['"', "]}".repeat(90_000), { deep: "\\".repeat(50_001) }] });
  const text = `{"before":${beside},"list":[{"id":"1"}],"after":${beside}}`;
  const { ids, bad } = await idsOf(text, ["list", "[]"], 1 << 10, 10, 700);
  expect([ids, bad]).toEqual([["1"], []]);
});

test.each<[string, string, string[], unknown[]]>([
  ["cut off in a record", '[{"id":"1"},\n{"id":"2"', ["1"], [[2, 1, "not JSON at byte 10 of the record"]]],
  ["cut off behind one", '[{"id":"1"},\n', ["1"], [[1, 1, "the document ends before its brackets are closed"]]],
  [
    "a comma left out",
    '[{"id":"1"}\n{"id":"2"}\n]\n',
    ["1"],
    [[2, 2, "not JSON: no comma between two values of the document"]],
  ],
  ["a comma too much", '[{"id":"1"},]', ["1"], [[1, 1, "not JSON at byte 1 of the record"]]],
  [
    "words behind it",
    '[{"id":"1"}]\nwords\n\nand words\n',
    ["1"],
    [[2, 3, "not JSON at byte 1 of a value of the document"]],
  ],
  [
    "no objects",
    '[1,\n{"id":"1"}, null]',
    ["1"],
    [
      [1, 1, "JSON, but not an object"],
      [2, 1, "JSON, but not an object"],
    ],
  ],
  ["broken in the middle", '[{"id":"1"},{"id":tru},\n{"id":"3"}]', ["1"], [[1, 2, "not JSON at byte 7 of the record"]]],
])("a document that is %s: what is broken is one rejected record, once", async (_name, text, ids, bad) => {
  const found = await idsOf(text, ["[]"]);
  expect([found.ids, found.bad, found.lines]).toEqual([ids, bad, physicalLines(text)]);
  const small = await idsOf(text, ["[]"], 16, 2, 3);
  expect(small).toEqual(found);
});

test("a record over the limit in a document is one rejected record, and what follows is read", async () => {
  const long = "x".repeat(65 << 20);
  const text = `[{"id":"1"},\n{"id":"2","x":"${long}"},{"id":"3"},\n{"id":"4"}]\n`;
  const { ids, bad, lines } = await idsOf(text, ["[]"], 1 << 22, 10, 1 << 20);
  expect(ids).toEqual(["1", "3", "4"]);
  expect(bad).toEqual([[2, 1, "the record is longer than 64 MiB"]]);
  expect(lines).toBe(3);
});

test("what container runtimes put before a line is passed over; other words are not", async () => {
  const lines = [
    '2025-12-31T17:37:40.493035218+01:00 stdout F {"id":"1"}',
    'caddy-1  | {"id":"2"}',
    '  {"id":"3"}',
    'words {"id":"4"}',
    '2025-12-31T17:37:40Z stdout P {"id":"5"}',
  ];
  const plan = planOf([], "jsonl");
  const input = plan.inputs.findIndex((place) => place.kind === "path" && place.path[0] === "id");
  const { records } = await readAll(plan, Buffer.from(lines.join("\n")), { bytes: 128, rows: 3 });
  expect(records.map(({ values, bad }) => values[input] ?? bad)).toEqual([
    "1",
    "2",
    "3",
    "not JSON at byte 1",
    "not JSON at byte 1",
  ]);
});
