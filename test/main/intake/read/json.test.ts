import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import { KeyTable, type LearnedKey } from "../../../../main/intake/read/field-slots.ts";
import { JsonScanner } from "../../../../main/intake/read/json.ts";
import { physicalLines, readAll } from "../read-text.ts";

const resolved = resolveMapping({
  schema: "exhibit/mapping@1",
  format: "jsonl",
  fields: { app: "client.id", path: "a.b.c", actor: "user" },
});
const plan = compilePlan(resolved, { head: 0, headRecords: 0, records: [] }, "utf-8", "UTC");
const paths = plan.inputs.map((input) => (input.kind === "path" ? input.path : undefined));

/** What JSON.parse finds at a path, as a mapping sees it. */
function lookUp(value: unknown, keys: readonly string[]): string | null {
  let here = value;
  for (const key of keys)
    here =
      here !== null && typeof here === "object" && !Array.isArray(here) && Object.hasOwn(here, key)
        ? (here as Record<string, unknown>)[key]
        : undefined;
  if (here === undefined || here === null || here === "") return null;
  return typeof here === "object" ? JSON.stringify(here) : String(here);
}

const leaf = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom("x", "\u2028", 'q"\\', "é😀"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 2 }),
);
const object = fc.record(
  {
    user: leaf,
    client: fc.oneof(leaf, fc.record({ id: leaf, z: leaf }, { requiredKeys: [] })),
    a: fc.oneof(leaf, fc.record({ b: fc.oneof(leaf, fc.record({ c: leaf })) })),
    other: fc.anything({ maxDepth: 2 }),
  },
  { requiredKeys: [] },
);

test("finds what JSON.parse finds, wherever batches end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(object, { maxLength: 8 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 2 }),
      async (objects, piece, indent) => {
        const space = " ".repeat(indent);
        const lines = objects.map(
          (value) => space + (JSON.stringify(value) ?? "{}").replaceAll(",", `${space},`) + space,
        );
        const sound = lines.filter((line) => {
          try {
            JSON.parse(line);
            return true;
          } catch {
            return false;
          }
        });
        const text = sound.join("\n");
        const { records, lines: count } = await readAll(plan, Buffer.from(text), { bytes: 64, rows: 3 }, piece);
        expect(count).toBe(physicalLines(text));
        expect(records.map(({ bad }) => bad)).toEqual(sound.map(() => undefined));
        for (const [index, keys] of paths.entries()) {
          if (!keys) continue;
          // A list is kept as it is written, spaces and all.
          const compact = (value: string | null | undefined) =>
            /^\[[^"]*\]$/u.test(value ?? "") ? value?.replaceAll(" ", "") : value;
          expect(records.map(({ values }) => compact(values[index]))).toEqual(
            sound.map((line) => compact(lookUp(JSON.parse(line), keys))),
          );
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("accepts a line exactly when JSON.parse makes an object of it, without the comma that a list puts behind", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.json({ maxDepth: 3 }),
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.constantFrom("", "{", "}", '"', "\\", ",", ":", "1", "e", "-", "0", "u00e", "\t", "tru", "]"),
        ),
        { maxLength: 2 },
      ),
      async (json, edits) => {
        let line = `{"k":${json}}`;
        for (const [at, put] of edits) {
          const position = at % (line.length + 1);
          line = line.slice(0, position) + put + line.slice(position + 1);
        }
        if (/[\r\n]/u.test(line) || line.trim() === "") return;
        let isObject = false;
        try {
          const value: unknown = JSON.parse(line.replace(/,[ \t]*$/u, ""));
          isObject = typeof value === "object" && value !== null && !Array.isArray(value);
        } catch {
          // Not JSON.
        }
        const { records } = await readAll(plan, Buffer.from(line), { bytes: 32, rows: 2 });
        expect(records.length, line).toBe(1);
        expect(records[0]?.bad === undefined, line).toBe(isObject);
      },
    ),
    { numRuns: 1500 },
  );
});

test("JSON in a string is looked into; a dotted name may be one key; of two equal keys the last counts", async () => {
  const lines = [
    String.raw`{"client":"{\"id\":\"a\\u00e9\"}"}`,
    `{"client.id":"flat"}`,
    `{"client":{"id":"first"},"client":{"id":"last"}}`,
    String.raw`{"cl\u0069ent":{"id":"escaped key"}}`,
  ];
  const { records } = await readAll(plan, Buffer.from(lines.join("\n")), { bytes: 256, rows: 10 });
  const app = paths.findIndex((keys) => keys?.join(".") === "client.id");
  expect(records.map(({ values }) => values[app])).toEqual(["aé", "flat", "last", "escaped key"]);
});

test("a record whose keys are data leaves no more of them in memory than a record of some size has", () => {
  const keys = new KeyTable(0);
  const text = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`key ${at}`, at])));
  const scanner = new JsonScanner(keys, 1, true);
  scanner.setBytes(Buffer.from(`${text}\0`), new Int32Array(2));
  expect(scanner.object(0, 0)).toBe(text.length);
  const kept = new Set<LearnedKey>();
  const queue = [...keys.first];
  for (const key of queue)
    if (!kept.has(key)) {
      kept.add(key);
      queue.push(...key.next);
    }
  expect(kept.size).toBe(4096);
});
