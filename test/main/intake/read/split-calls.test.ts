import fc from "fast-check";
import { expect, test } from "vitest";
import { recordPath } from "../../../../main/intake/detect/json-shape.ts";
import { NO_HEADER } from "../../../../main/intake/detect/sniff-header.ts";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import { readMapping } from "../../../../main/intake/mapping/parse-mapping.ts";
import { readAll } from "../read-text.ts";

const FIELDS = { time: "t", app: "app.id", operation: "op", actor: "who.mail" };

const planOf = (format: "json" | "jsonl", records: string, calls?: string) =>
  compilePlan(
    resolveMapping(
      readMapping(
        {
          schema: "exhibit/mapping@1",
          format,
          records: calls === undefined ? records : [records, calls],
          fields: FIELDS,
        },
        "the test",
      ),
    ),
    { ...NO_HEADER, records: format === "json" ? recordPath(records) : [] },
    "utf-8",
    "UTC",
  );

type Values = Record<string, unknown>;

/** What one object says itself: null is as if it said nothing. */
const said = fc.record(
  {
    t: fc.constantFrom("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"),
    app: fc.record({ id: fc.constantFrom("a", "b\n", "ü") }),
    op: fc.oneof(fc.constant(null), fc.constantFrom("read", 'q"x', "")),
    who: fc.record({ mail: fc.constantFrom("k@x", "l@x") }),
    other: fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: [] },
);

interface Item {
  readonly own: Values;
  readonly groups: readonly { readonly own: Values; readonly calls: readonly Values[] }[];
}
const items: fc.Arbitrary<Item[]> = fc.array(
  fc.record({
    own: said,
    groups: fc.array(fc.record({ own: said, calls: fc.array(said, { maxLength: 5 }) }), { maxLength: 3 }),
  }),
  { maxLength: 6 },
);

/** The inner object's values, and the outer's where it has none. */
const over = (outer: Values, inner: Values): Values => {
  const merged: Values = { ...outer };
  for (const key of ["t", "app", "op", "who"])
    if (inner[key] !== undefined && inner[key] !== null && inner[key] !== "") merged[key] = inner[key];
  return merged;
};

const flattened = ({ own, groups }: Item): Values[] => {
  if (groups.length === 0) return [own];
  return groups.flatMap((group) => {
    const around = over(own, group.own);
    return group.calls.length === 0 ? [around] : group.calls.map((call) => over(around, call));
  });
};

const written = ({ own, groups }: Item): Values => ({
  ...own,
  groups: groups.map((group) => ({ ...group.own, calls: group.calls })),
});

test("calls in lists are the events of the same calls written line by line, however batches are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      items,
      fc.constantFrom("json" as const, "jsonl" as const),
      fc.constantFrom(1, 2, 3, 50),
      fc.constantFrom(64, 1 << 14),
      fc.integer({ min: 1, max: 99 }),
      async (all, format, rows, bytes, piece) => {
        const flat = all.flatMap(flattened);
        const wanted = await readAll(
          planOf("jsonl", ""),
          Buffer.from(flat.map((values) => `${JSON.stringify(values)}\n`).join("")),
          { bytes: 1 << 14, rows: 50 },
        );
        const plan = planOf(format, format === "json" ? "items" : "", "groups[].calls[]");
        const records = all.map((item) => JSON.stringify(written(item), null, format === "json" ? 1 : 0));
        const text =
          format === "json" ? `{"kind":"x","items":[${records.join(",\n")}]}` : records.map((r) => `${r}\n`).join("");
        const read = await readAll(plan, Buffer.from(text), { bytes, rows }, piece);
        const isList = plan.inputs.map(
          (input) => input.kind === "path" && /^(?:groups|calls)$/u.test(input.path.join(".")),
        );
        expect(read.records.map(({ values, bad }) => [values.filter((_, index) => !isList[index]), bad])).toEqual(
          wanted.records.map(({ values, bad }) => [values, bad]),
        );
        const places = read.records.map(({ offset, length, part }) => [
          Buffer.from(text).toString("utf8", offset, offset + length),
          part,
        ]);
        expect(places).toEqual(
          all.flatMap((item, index) => {
            const calls = flattened(item).length;
            return Array.from({ length: calls }, (_, n) => [records[index], calls > 1 ? n + 1 : 0]);
          }),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test("what stands among calls and is none is rejected, and keeps its number", async () => {
  const text = '{"t":"2024-01-01T00:00:00Z","groups":[{"op":"a"},7,{"op":"b"}]}\n';
  const { records } = await readAll(planOf("jsonl", "", "groups[]"), Buffer.from(text), { bytes: 256, rows: 4 });
  expect(records.map(({ part, bad }) => [part, bad])).toEqual([
    [1, undefined],
    [2, "a call of the record is JSON, but not an object"],
    [3, undefined],
  ]);
});

test("a record with more calls than can be believed is rejected as a whole", async () => {
  const text = `{"groups":[${"{},".repeat(1 << 17)}{}]}\n{"op":"next"}\n`;
  const { records } = await readAll(
    planOf("jsonl", "", "groups[]"),
    Buffer.from(text),
    { bytes: 1 << 20, rows: 4 },
    1 << 20,
  );
  expect(records.map(({ bad }) => bad)).toEqual(["the record holds more than 131072 calls", undefined]);
});
