import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Case } from "../../../../main/case/case.ts";
import {
  type EncodedBatch,
  eachEncoded,
  eachNumber,
  HEX_REQUEST,
  NO_REQUEST,
  TEXT_REQUEST,
} from "../../../../main/intake/encode/encoded-batch.ts";
import { insertBound, insertTexts } from "../../../../main/intake/store/insert-bound.ts";
import { PartInserter } from "../../../../main/intake/store/part-inserter.ts";
import { newInstantState } from "../../../../main/intake/time/instants.ts";
import { ENCODED_COLUMNS } from "../../../../shared/model/event.ts";
import { newCase } from "../../../fixture.ts";

/** Whole numbers round every width that the file format knows. */
const whole = fc.oneof(
  fc.constantFrom(
    0,
    1,
    2,
    127,
    128,
    255,
    256,
    32_767,
    32_768,
    8_388_607,
    8_388_608,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 47 - 1,
    2 ** 47,
    2 ** 53 - 1,
  ),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
);
const signed = fc.tuple(whole, fc.boolean()).map(([value, negative]) => (negative && value > 0 ? -value : value));
const row = fc.record({
  line: whole,
  offset: whole,
  length: fc.nat(2 ** 31 - 1),
  time: signed,
  codes: fc.array(fc.oneof(fc.constant(-1), fc.nat(2 ** 31 - 1)), { minLength: 12, maxLength: 12 }),
  numbers: fc.array(fc.oneof(fc.constant(Number.NaN), signed), { minLength: 3, maxLength: 3 }),
  duration: fc.oneof(
    fc.constant(Number.NaN),
    signed,
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
  ),
  outcome: fc.nat(3),
  flags: fc.nat(15),
  request: fc.oneof(
    fc.constant(undefined),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(0n, 1n, -1n, 127n, -128n, 2n ** 47n, -(2n ** 47n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)),
    fc.string({ maxLength: 300 }),
  ),
});
/** As real logs have them: nothing negative or beyond 31 bits, so that the narrow passes do the work. */
const WIDTHS = [0, 1, 2, 127, 128, 32_767, 32_768, 8_388_607, 8_388_608, 2 ** 31 - 1];
const usual = fc.oneof(fc.constantFrom(...WIDTHS), fc.nat(2 ** 31 - 1));
const plainRow = fc.record({
  line: usual,
  offset: usual,
  length: usual,
  time: fc.integer({ min: 1.5e15, max: 1.6e15 }),
  codes: fc.array(fc.oneof(fc.constant(-1), usual), { minLength: 12, maxLength: 12 }),
  numbers: fc.array(fc.oneof(fc.constant(Number.NaN), usual), { minLength: 3, maxLength: 3 }),
  duration: fc.oneof(fc.constant(Number.NaN), usual),
  outcome: fc.nat(3),
  flags: fc.nat(15),
  request: fc.oneof(fc.constant(undefined), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })),
});

type Rows = readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[];

function batchOf(rows: Rows, texts: readonly string[], firstText: number): EncodedBatch {
  const requests = rows.map(({ request }) => request);
  const requestTexts = requests.map((request) => Buffer.from(typeof request === "string" ? request : ""));
  const halves = requests.map((request) => (typeof request === "bigint" ? BigInt.asUintN(64, request) : 0n));
  const entries = {
    first: firstText,
    lengths: Int32Array.from(texts, (text) => Buffer.byteLength(text)),
    bytes: new Uint8Array(Buffer.from(texts.join(""))),
  };
  return {
    rows: rows.length,
    line: Float64Array.from(rows, ({ line }) => line),
    offset: Float64Array.from(rows, ({ offset }) => offset),
    length: Int32Array.from(rows, ({ length }) => length),
    time: Float64Array.from(rows, ({ time }) => time),
    ids: eachEncoded((column) =>
      Int32Array.from(rows, ({ codes }) => codes[ENCODED_COLUMNS.indexOf(column)] as number),
    ),
    numbers: {
      ...eachNumber(() => new Float64Array(0)),
      status: Float64Array.from(rows, ({ numbers }) => numbers[0] as number),
      subject_count: Float64Array.from(rows, ({ numbers }) => numbers[1] as number),
      bytes: Float64Array.from(rows, ({ numbers }) => numbers[2] as number),
      duration_ms: Float64Array.from(rows, ({ duration }) => duration),
    },
    outcome: Uint8Array.from(rows, ({ outcome }) => outcome),
    flags: Uint8Array.from(rows, ({ flags }) => flags),
    request: {
      form: Uint8Array.from(requests, (request) =>
        request === undefined ? NO_REQUEST : typeof request === "bigint" ? HEX_REQUEST : TEXT_REQUEST,
      ),
      high: Int32Array.from(halves, (half) => Number(half >> 32n) | 0),
      low: Int32Array.from(halves, (half) => Number(half & 0xffffffffn) | 0),
      lengths: Int32Array.from(requestTexts, (text) => text.length),
      bytes: new Uint8Array(Buffer.concat(requestTexts)),
    },
    texts: texts.length > 0 ? { path: entries, subjects: entries } : {},
    rejects: [],
    ledger: { events: 0, rejected: 0, lastLine: 0, lastEvent: false },
    instants: newInstantState(),
    ambiguous: 0,
    broken: 0,
    impossible: 0,
    noValues: 0,
    first: 0,
    last: 0,
  };
}

/** No request id is text: the kernel does such a batch. */
const textless = row.map((each) => ({
  ...each,
  request: typeof each.request === "string" ? undefined : each.request,
}));

const nothing = () => undefined;
const TABLES = ["event_row", "text_path", "text_subjects"];

/** Of all rows of all tables, values and their types. */
function digestOf({ db }: Case): string {
  const hash = createHash("sha256");
  for (const table of TABLES) {
    const names = db.prepare(`select name from pragma_table_info('${table}')`).pluck().all() as string[];
    const columns = names.map((name) => `"${name}", typeof("${name}")`).join(", ");
    const rows = db.prepare(`select ${columns} from ${table} order by id`).safeIntegers().raw().iterate();
    for (const row of rows) hash.update(`${(row as unknown[]).join("\u001f")}\n`);
  }
  return hash.digest("hex");
}

test("the packed way and bound values make the same rows, value and type", () => {
  const packed = newCase();
  const bound = newCase();
  const inserter = new PartInserter(packed, 1);
  let id = 1;
  let text = 1;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(...[row, plainRow, textless].map((each) => fc.array(each, { maxLength: 30 }))), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(fc.oneof(fc.string(), fc.constant("x".repeat(70_000)), fc.string({ minLength: 500, maxLength: 9000 })), {
        maxLength: 5,
      }),
      (batches, texts) => {
        const coded = batches.map((rows, index) => batchOf(rows, index === 0 ? texts : [], text));
        inserter.insert(1, id, coded, nothing, nothing);
        bound.db.transaction(() => {
          let at = id;
          for (const batch of coded) {
            insertTexts(bound.db, batch.texts);
            insertBound(bound.db, 1, at, batch);
            at += batch.rows;
          }
        })();
        id += coded.reduce((sum, { rows }) => sum + rows, 0);
        text += texts.length;
      },
    ),
    { numRuns: 60 },
  );
  inserter.close();
  expect(id).toBeGreaterThan(200);
  expect(digestOf(packed)).toBe(digestOf(bound));
  expect(packed.db.pragma("integrity_check", { simple: true })).toBe("ok");
});

test("many pages of rows and texts, across parts", () => {
  const caseFile = newCase();
  const inserter = new PartInserter(caseFile);
  const bound = newCase();
  // More rows a batch than are packed at once, or fit in a page; every other one has no request id that is text.
  const many = (each: typeof row): Rows => {
    const some = fc.sample(each, { numRuns: 1000, seed: 7 });
    return Array.from({ length: 5 }, () => some).flat();
  };
  const some = many(row);
  const plain = many(textless);
  for (let part = 0; part < 3; part++) {
    const texts = Array.from({ length: 1000 }, (_, index) => `${part}:${index}:${"é".repeat(index)}`);
    const batches = Array.from({ length: 5 }, (_, index) =>
      batchOf(index % 2 === 0 ? some : plain, index === 0 ? texts : [], 1 + part * 1000),
    );
    inserter.insert(1, 1 + part * 25_000, batches, nothing, nothing);
    bound.db.transaction(() => {
      batches.forEach((batch, index) => {
        insertTexts(bound.db, batch.texts);
        insertBound(bound.db, 1, 1 + part * 25_000 + index * 5000, batch);
      });
    })();
  }
  inserter.close();
  expect(caseFile.db.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(caseFile.db.prepare("select count(*), min(id), max(id) from event_row").raw().get()).toEqual([
    75_000, 1, 75_000,
  ]);
  expect(digestOf(caseFile)).toBe(digestOf(bound));
  expect(caseFile.db.prepare("select value from text_path where id = 2345").pluck().get()).toBe(
    `2:344:${"é".repeat(344)}`,
  );
});
