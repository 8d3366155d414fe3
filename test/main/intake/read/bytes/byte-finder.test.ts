import fc from "fast-check";
import { expect, test } from "vitest";
import { Batch, newSlot } from "../../../../../main/intake/read/batch.ts";
import { ByteFinder } from "../../../../../main/intake/read/bytes/byte-finder.ts";
import { CsvReader } from "../../../../../main/intake/read/csv.ts";

const WANTED = [44, 34, 10, 13] as const;

/** Every mark that is not a quote. */
function walk(marks: ByteFinder, bytes: Uint8Array): number[] {
  marks.begin(bytes, 0, bytes.length);
  const found: number[] = [];
  for (let at = -1; at < bytes.length - 1; ) {
    at = marks.next(at + 1, 34);
    found.push(at);
  }
  return found;
}

test("vectors find what a look at every byte finds, over many chunks", () => {
  const fast = new ByteFinder(WANTED);
  const slow = new ByteFinder(WANTED, true);
  const few = fc.uint8Array({ minLength: 1, maxLength: 300 });
  const many = fc.tuple(fc.constantFrom(70_000, 131_072, 200_001), few).map(([size, pattern]) => {
    const bytes = new Uint8Array(size);
    for (let i = 0; i < size; i++) bytes[i] = (pattern[i % pattern.length] as number) ^ (i % 251 === 0 ? 1 : 0);
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: few }, many), (random) => {
      const bytes = Uint8Array.from([...random, 10]);
      const truth = [...bytes.keys()].filter((at) => [44, 10, 13].includes(bytes[at] as number));
      expect(walk(fast, bytes)).toEqual(truth);
      expect(walk(slow, bytes)).toEqual(truth);
    }),
  );
});

test("a CSV is taken apart alike with and without vectors", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "é", ",", '"', '""', "\n", "\r", "\r\n", "#", "xyz,1,2\n"),
    maxLength: 200,
  });
  const scanned = (bytes: Uint8Array, width: number, last: boolean, plainly: boolean) => {
    const slots = Int32Array.from({ length: width }, (_, column) => column);
    const options = { delimiter: 44, quote: 34, width, slots, head: 0, headRecords: 0 };
    const batch = new Batch(newSlot({ bytes: 2048, rows: 64 }, 3), 3);
    batch.bytes.set(bytes);
    batch.to = bytes.length;
    new CsvReader(options, undefined, plainly).scan(batch, last);
    const { rows, from, lines, skipped, reasons, records, spans } = batch;
    return { rows, from, lines, skipped, reasons, records: [...records], spans: [...spans] };
  };
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 3 }), fc.boolean(), (csv, width, last) => {
      const bytes = Buffer.from(csv);
      expect(scanned(bytes, width, last, false)).toEqual(scanned(bytes, width, last, true));
    }),
    { numRuns: 500 },
  );
});
