import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile, readWhole } from "../encode-file.ts";

const call = (n: number) => ({
  time: `2024-05-01T10:00:${String(n % 60).padStart(2, "0")}Z`,
  app: `a${n}`,
  note: '}]\\"{',
});
const calls = (count: number) => Array.from({ length: count }, (_, n) => call(n));

/** Where a second list may lie, and by which name it is said. */
const places: readonly (readonly [name: string, make: (list: object[]) => object])[] = [
  ["audit[]", (list) => ({ audit: list })],
  ["more.audit[]", (list) => ({ more: { n: 1, audit: list } })],
  ["pages[].audit[]", (list) => ({ pages: [{ n: 1 }, { audit: list }] })],
  ["audit[]", (list) => ({ audit: list.map((one) => ({ ...one, inner: [call(1)] })) })],
];

test("a second list of records in a JSON document is rejected with its name and how many they are, however far behind it lies", async () => {
  const file = path.join(temporaryFolder(), "document.json");
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 1500 }),
      fc.constantFrom(...places),
      fc.constantFrom(undefined, 1),
      fc.constantFrom(64, 700, 1 << 16),
      async (first, second, [name, make], indent, bytes) => {
        const events = calls(first);
        fs.writeFileSync(file, JSON.stringify({ events }));
        const { plan } = (await readFile(file)).detection;
        const text = JSON.stringify(
          { meta: { created_at: "2024-05-01" }, events, ...make(calls(second)), next: null },
          null,
          indent,
        );
        const read = await readWhole(plan, Buffer.from(text), { bytes, rows: 7 });
        expect(read.events.length).toBe(first);
        const count = second === 1 ? "1 record" : `${second} records`;
        expect(read.rejects.map(({ reason }) => reason)).toEqual([
          `${count} with a time beside the list that is read, in ${name}: a mapping's "records" can name it`,
        ]);
        expect(read.ledger.events + read.ledger.rejected).toBeLessThanOrEqual(read.lines);
      },
    ),
    { numRuns: 40 },
  );
});

test("an object with a time where the list should be is said too; objects without one, and those that stand alone, are no records", async () => {
  const file = path.join(temporaryFolder(), "documents.json");
  fs.writeFileSync(
    file,
    `${JSON.stringify({ Records: calls(3), users: [{ id: 1 }], owner: { created_at: "2024-05-01" } })}\n${JSON.stringify({ Records: call(4) })}`,
  );
  const { events, rejects } = await readFile(file);
  expect(events.length).toBe(3);
  expect(rejects.map(({ reason }) => reason)).toEqual([expect.stringContaining("1 record with a time")]);
});
