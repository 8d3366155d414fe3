import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newEncoderStart } from "../../../main/intake/detect/preview.ts";
import { Encoder } from "../../../main/intake/encode/encoder.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { ledgerOf } from "../../../main/intake/line-ledger.ts";
import { compilePlan } from "../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../main/intake/mapping/formats.ts";
import type { HeaderSniff, Plan } from "../../../main/intake/mapping/plan.ts";
import { newSlot } from "../../../main/intake/read/batch.ts";
import { Batcher } from "../../../main/intake/read/batcher.ts";
import { startPosition } from "../../../main/intake/read/checkpoint.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { imported } from "./imported.ts";
import { physicalLines } from "./read-text.ts";

const T = "2018-04-04T10:00:00Z";
const line = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "# x",
    `${T},a,b`,
    `${T},"a\nb",c`,
    `${T},"x`,
    "no,time,here",
    "a,b",
    `{"time":"${T}"}`,
    `{"time":"x"}`,
    "{",
    "[]",
    `time=${T} a="b c"`,
    'a="',
    "word",
    `1.1.1.1 - - [04/Apr/2018:10:30:00 +0200] "GET / HTTP/1.1" 200 1`,
    `},{"time":"${T}"}`,
    ",",
  ),
  fc.string({ maxLength: 10 }),
);
const text = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r", "\n\n", "")), { maxLength: 25 })
  .map((parts) => parts.flat().join(""));

const nothing: HeaderSniff = { head: 0, headRecords: 0, records: [] };
const csv: HeaderSniff = { ...nothing, csv: { delimiter: 44, quote: 34, header: ["time", "app", "actor"] } };
const plans: [string, Plan][] = (
  [
    ["csv", csv],
    ["jsonl", nothing],
    ["json", nothing],
    ["json", { ...nothing, records: ["[]"] }],
    ["keyvalue", nothing],
    ["combined", nothing],
  ] as const
).map(([format, beginning]) => [
  `${format}${beginning.records.length > 0 ? " list" : ""}`,
  compilePlan(resolveMapping({ schema: "exhibit/mapping@1", format }), beginning, "utf-8", "UTC"),
]);

test.each(plans)(
  "%s: every physical line is in one bucket, every record once, however batches are cut",
  async (_name, plan) => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(32, 64, 1024),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async (content, bytes, rows, piece) => {
          const run = async (size: number, maxRows: number) => {
            const encoder = new Encoder(plan, newEncoderStart());
            const found: unknown[] = [];
            let ledger = newEncoderStart().ledger;
            const batcher = new Batcher(
              plan,
              {
                emptySlot: async () => newSlot({ bytes: size, rows: maxRows }, plan.inputs.length),
                emit(slot, info) {
                  const encoded = encoder.encode(slot, info);
                  ledger = encoded.ledger;
                  for (let k = 0; k < encoded.rows; k++)
                    found.push([encoded.line[k], encoded.offset[k], encoded.length[k], encoded.time[k]]);
                  for (const { line, lines, offset, length, reason } of encoded.rejects)
                    found.push([line, offset, length, reason, lines]);
                },
              },
              startPosition,
            );
            const input = Buffer.from(content);
            for (let at = 0; at < input.length; at += piece) await batcher.push(input.subarray(at, at + piece));
            await batcher.end();
            return {
              found: found.sort((a, b) => ((a as number[])[1] as number) - ((b as number[])[1] as number)),
              ledger,
              lines: batcher.lines,
            };
          };
          const small = await run(bytes, rows);
          expect(small.lines).toBe(physicalLines(content));
          const { events, rejected } = small.ledger;
          expect(events + rejected).toBeLessThanOrEqual(small.lines);
          expect(events).toBeGreaterThanOrEqual(0);
          // Lines that records touch, counted one by one.
          const touched = new Map<number, boolean>();
          const source = Buffer.from(content);
          for (const [at, offset, length, outcome] of small.found as [number, number, number, unknown][]) {
            const last = at + physicalLines(`${source.toString("utf8", offset, offset + length)}x`) - 1;
            for (let l = at; l <= last; l++) touched.set(l, (touched.get(l) ?? false) || typeof outcome === "number");
          }
          const eventLines = [...touched.values()].filter(Boolean).length;
          expect({ events, rejected }).toEqual({ events: eventLines, rejected: touched.size - eventLines });
          expect(await run(1 << 16, 1000)).toEqual(small);
        },
      ),
      { numRuns: 80 },
    );
  },
);

test.each([65, 140])("a record of %i MiB is one rejected record, and what follows is read", async (size) => {
  const long = Buffer.alloc(size << 20, 0x61);
  const content = Buffer.concat([Buffer.from(`time,app,x\n${T},a,1\n${T},b,"`), long, Buffer.from(`\n"\n${T},c,2\n`)]);
  const { source, events } = await imported(content);
  expect(events.map(({ app, line, offset }) => [app, line, offset])).toEqual([
    ["a", 2, 11],
    ["c", 5, content.length - 25],
  ]);
  expect(source).toMatchObject({ lines: 5, rejected: 1, line_ledger: { events: 2, rejected: 2, skipped: 1 } });
  expect(source.rejects).toEqual([{ line: 3, reason: "the record is longer than 64 MiB" }]);
});

test("whatever files are: every line of those imported is in one bucket of the ledger, and what is refused left nothing", async () => {
  const contents = fc.sample(
    fc.tuple(
      text,
      fc.constantFrom("", "time,app,actor\n", '{"time":"2018-04-04T10:00:00Z"}\n', "\uFEFF"),
      fc.constantFrom("utf8", "utf16le"),
    ),
    { numRuns: 24, seed: 20_180_404 },
  );
  const folder = temporaryFolder();
  const files = contents.map(([body, start, encoding], index) => {
    const file = path.join(folder, `${index}.log`);
    fs.writeFileSync(
      file,
      Buffer.from(`${encoding === "utf8" ? "" : "\uFEFF"}${start}${body}`, encoding as BufferEncoding),
    );
    return file;
  });
  const caseFile = newCase();
  const { sources } = await importFiles(caseFile, files, { by: "T" }, {});
  const { sources: ledgers, all } = ledgerOf(caseFile.db);
  expect(ledgers.length).toBeGreaterThan(8);
  expect(ledgers.length).toBe(new Set(sources.map(({ source }) => source)).size);
  for (const { file, lines, records, reasons } of ledgers) {
    const [body, start] = contents[Number.parseInt(file, 10)] as (typeof contents)[number];
    expect([file, lines.lines]).toEqual([file, physicalLines(`${start}${body}`.replace(/^\uFEFF/u, ""))]);
    expect([file, lines.events + lines.rejected + lines.skipped]).toEqual([file, lines.lines]);
    expect(reasons.reduce((sum, reason) => sum + reason.records, 0)).toBe(records.rejected);
  }
  expect(all.lines.lines).toBe(ledgers.reduce((sum, { lines }) => sum + lines.lines, 0));
});
