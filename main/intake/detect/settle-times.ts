import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream";
import zlib from "node:zlib";
import { Refusal } from "../../../shared/base/errors.ts";
import { DAY, type Micros } from "../../../shared/base/time.ts";
import { bomLength } from "../../platform/encodings/encoding.ts";
import { unreadable } from "../../platform/system-errors.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import { Encoder } from "../encode/encoder.ts";
import type { Plan } from "../mapping/plan.ts";
import { BATCH_SIZES, newSlot } from "../read/batch.ts";
import { Batcher } from "../read/batcher.ts";
import { startPosition } from "../read/checkpoint.ts";
import type { DatePuzzle } from "../time/date-order.ts";
import { newEncoderStart } from "./preview.ts";

/** What a whole file says about times that its sample leaves open: the `parse` that reads them, and why that one. */
export interface Settled {
  readonly parse: string;
  /** A clause for a sentence. */
  readonly why: string;
}

/** A source's content before its import: unpacked, from the first byte, as often as needed. */
export interface Content {
  readonly name: string;
  /** The file's own date. */
  readonly written: Micros;
  chunks(): AsyncIterable<Buffer>;
}

interface Surveyed extends Content {
  readonly plan: Plan;
}

/** A file's content, gzip unpacked. */
export const fileContent = (file: string, compression: "gzip" | undefined): Content => ({
  name: path.basename(file),
  written: fs.statSync(file).mtimeMs * 1000,
  chunks() {
    const content = fs.createReadStream(file, { highWaterMark: 1 << 20 });
    if (!compression) return content;
    return pipeline(content, zlib.createGunzip({ chunkSize: 1 << 20 }), () => undefined);
  },
});

/** A file's own date before this year is a wrong clock. */
const EARLIEST_YEAR = 1990;
const YEAR_MICROS = 365.2425 * DAY;

/**
 * Decides by the whole file which number of a date is the day, or of which year times without one are.
 * @throws Refusal `dates-ambiguous` where nothing in the file decides
 */
export async function settleTimes(surveyed: Surveyed, puzzle: DatePuzzle): Promise<Settled | undefined> {
  if (puzzle.numeric > 0) return settleDateOrder(surveyed);
  return puzzle.yearless > 0 ? settleYear(surveyed) : undefined;
}

async function settleDateOrder(surveyed: Surveyed): Promise<Settled> {
  const { order, why } = (await survey(surveyed)).verdict();
  if (order) return { parse: order, why: `dates are ${why}` };
  throw new Refusal(
    "dates-ambiguous",
    `${surveyed.name}: ${why}. Nothing was imported`,
    'say which with a mapping: "parse": "dmy" (day first) or "mdy" (month first) for time',
  );
}

/** The year of the first record. Times with a year decide it where the file has some, else the latest year in which the last
 * record is not after the file's own date. */
async function settleYear(surveyed: Surveyed): Promise<Settled> {
  let stated: { line: number; time: Micros } | undefined;
  await survey(surveyed, (encoded) => {
    if (!stated && encoded.rows > 0) stated = { line: encoded.line[0] as number, time: encoded.time[0] as Micros };
  });
  const { written } = surveyed;
  const supposed = new Date((stated?.time ?? written) / 1000).getUTCFullYear();
  let before: Micros | undefined;
  let first: Micros | undefined;
  let last = Number.NEGATIVE_INFINITY;
  await survey({ ...surveyed, plan: withParse(surveyed.plan, `year ${supposed}`) }, (encoded) => {
    for (let row = 0; row < encoded.rows; row++) {
      const time = encoded.time[row] as Micros;
      first ??= time;
      if (stated && (encoded.line[row] as number) < stated.line) before = time;
      if (time > last) last = time;
    }
  });
  if (first === undefined) return { parse: `year ${supposed}`, why: "no time could be read" };
  const shift = stated
    ? before === undefined
      ? 0
      : Math.round((stated.time - before) / YEAR_MICROS)
    : -Math.max(0, Math.ceil((last - written - DAY) / YEAR_MICROS));
  const year = new Date(first / 1000).getUTCFullYear() + shift;
  if (!stated && year < EARLIEST_YEAR)
    throw new Refusal(
      "dates-ambiguous",
      `${surveyed.name}: its times state no year, and the file itself is dated ${supposed}. Nothing was imported`,
      'say the year of its first record with a mapping: "parse": "year 2018" for time',
    );
  const by = stated
    ? "full times among them"
    : `the file's own date, ${new Date(written / 1000).toISOString().slice(0, 10)}`;
  return { parse: `year ${year}`, why: `times state no year; the first is of ${year} by ${by}` };
}

/** The plan with another way of reading its times. */
export const withParse = (plan: Plan, parse: string): Plan => ({
  ...plan,
  fields: plan.fields.map((field) => (field.field === "time" ? { ...field, parse } : field)),
});

/** Encodes the whole file and keeps nothing of it. */
async function survey(
  { name, plan, chunks }: Surveyed,
  onBatch: (encoded: EncodedBatch) => void = () => undefined,
): Promise<DatePuzzle> {
  const slot = newSlot(BATCH_SIZES, plan.inputs.length);
  const spare = newSlot(BATCH_SIZES, plan.inputs.length);
  const encoder = new Encoder(plan, newEncoderStart());
  let turn = 0;
  const batcher = new Batcher(
    plan,
    {
      emptySlot: async () => (turn++ % 2 === 0 ? slot : spare),
      emit: (full, info) => onBatch(encoder.encode(full, info)),
    },
    startPosition,
  );
  try {
    let isFirst = true;
    for await (const piece of chunks()) {
      await batcher.push(isFirst ? piece.subarray(bomLength(piece, plan.encoding)) : piece);
      isFirst = false;
    }
    await batcher.end();
  } catch (error) {
    // A damaged file is surveyed up to the damage. The import that follows reports it.
    if (!(error as { code?: string }).code?.startsWith("Z_")) throw unreadable(error, name);
  }
  return encoder.dates;
}
