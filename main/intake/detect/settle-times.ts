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
import type { FieldPlan, Plan } from "../mapping/plan.ts";
import { BATCH_SIZES, newSlot } from "../read/batch.ts";
import { Batcher } from "../read/batcher.ts";
import { startPosition } from "../read/checkpoint.ts";
import { daysOf, MONTHS } from "../time/calendar.ts";
import type { DatePuzzle } from "../time/date-order.ts";
import { believableCounting, epochMicros, isBelieved } from "../time/epochs.ts";
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
  if (puzzle.yearless > 0) return settleYear(surveyed);
  return puzzle.counted && settleCounting(surveyed, puzzle.counted);
}

/** Eighteen digits would be nanoseconds before September 2001, which nobody logged: they are .NET's ticks or Windows file times. */
const isCountedFrom1970 = (number: number, written: Micros): boolean =>
  !(number >= 1e17 && number < 1e18) && isBelieved(epochMicros(String(number)), written);

/** Numbers that give no believable date as seconds, ms, µs or ns since 1970 may count from elsewhere. */
function settleCounting(
  { name, written, plan }: Surveyed,
  { lowest, highest }: { readonly lowest: number; readonly highest: number },
): Settled | undefined {
  if (plan.fields.some(({ field, parse }) => field === "time" && parse !== undefined)) return undefined;
  if ([lowest, highest].some((number) => isCountedFrom1970(number, written))) return undefined;
  const found = believableCounting([lowest, highest], written);
  if (found) return { parse: found.unit, why: `times are ${found.title}: counted from 1970 none is believable` };
  throw new Refusal(
    "dates-ambiguous",
    `${name}: times such as ${highest} give no date between 1990 and the file's own. Nothing was imported`,
    'say how they count with a mapping: "parse": "epoch_ms", or what fits, for time',
  );
}

async function settleDateOrder(surveyed: Surveyed): Promise<Settled> {
  const { order, why } = (await survey(surveyed)).verdict({ written: surveyed.written });
  if (order) return { parse: order, why: `dates are ${why}` };
  throw new Refusal(
    "dates-ambiguous",
    `${surveyed.name}: ${why}. Nothing was imported`,
    'say which with a mapping: "parse": "dmy" (day first), "mdy" (month first) or "ymd" (year first) for time',
  );
}

/**
 * The year of the first record. Full times among them or in the same lines decide it where the file has some, else the
 * latest year in which the last record is not after the file's own date, and every 29 February is one.
 */
async function settleYear(surveyed: Surveyed): Promise<Settled> {
  let stated: { line: number; time: Micros } | undefined;
  await survey(surveyed, (encoded) => {
    if (!stated && encoded.rows > 0) stated = { line: encoded.line[0] as number, time: encoded.time[0] as Micros };
  });
  stated ??= await dateInLine(surveyed);
  const { written } = surveyed;
  const supposed = new Date((stated?.time ?? written) / 1000).getUTCFullYear();
  let before: Micros | undefined;
  let first: Micros | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const puzzle = await survey({ ...surveyed, plan: withParse(surveyed.plan, `year ${supposed}`) }, (encoded) => {
    for (let row = 0; row < encoded.rows; row++) {
      const time = encoded.time[row] as Micros;
      first ??= time;
      if (stated && (encoded.line[row] as number) < stated.line) before = time;
      if (time > last) last = time;
    }
  });
  if (first === undefined && puzzle.leapYears.size === 0)
    return { parse: `year ${supposed}`, why: "no time could be read" };
  const shift = stated
    ? before === undefined
      ? 0
      : Math.round((stated.time - before) / YEAR_MICROS)
    : -Math.max(0, Math.ceil((last - written - DAY) / YEAR_MICROS));
  const year = leapYear(supposed + shift, supposed, puzzle.leapYears);
  if (!stated && year < EARLIEST_YEAR)
    throw new Refusal(
      "dates-ambiguous",
      `${surveyed.name}: its times state no year, and the file itself is dated ${supposed}. Nothing was imported`,
      'say the year of its first record with a mapping: "parse": "year 2018" for time',
    );
  const by = stated
    ? "full times among them"
    : `the file's own date, ${new Date(written / 1000).toISOString().slice(0, 10)}`;
  const leap = year === supposed + shift ? "" : ", and a 29 February";
  return { parse: `year ${year}`, why: `times state no year; the first is of ${year} by ${by}${leap}` };
}

const isLeapYear = (year: number): boolean => !Number.isNaN(daysOf(year, 2, 29));

/** The latest year up to this one in which every 29 February that was met is a date; the year itself where there is none. */
function leapYear(year: number, supposed: number, leapYears: ReadonlySet<number>): number {
  const fits = (first: number) => [...leapYears].every((met) => isLeapYear(first + met - supposed));
  // Leap years are eight years apart at most.
  for (let first = year; first > year - 8; first -= 1) if (fits(first)) return first;
  return year;
}

/** Lines at the beginning of a file that are looked through for full dates. */
const MAX_DATED_LINES = 2_000;
const LINE_DATE = /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) +(\d\d?) +\d\d?:\d\d:\d\d/u;
const FULL_DATE = /\b(?:(\d{4})-(\d\d)-(\d\d)[T ]\d\d:|(\d\d?)[/ -]([A-Z][a-z]{2})[/ -](\d{4})[: ]\d\d:)/gu;

/** The first full date that stands in a line behind the same day without a year. */
async function dateInLine({ chunks, plan }: Surveyed): Promise<{ line: number; time: Micros } | undefined> {
  if (plan.encoding.startsWith("utf-16")) return undefined;
  for await (const piece of chunks()) {
    const lines = piece.toString("latin1").split(/\r\n|\n|\r/u, MAX_DATED_LINES);
    for (const [index, line] of lines.entries()) {
      const [, name = "", day = ""] = LINE_DATE.exec(line) ?? [];
      const month = MONTHS.indexOf(name.toLowerCase()) + 1;
      if (month === 0) continue;
      for (const [, year, isoMonth, isoDay, ofDay, ofMonth = "", ofYear] of line.matchAll(FULL_DATE)) {
        const found =
          year === undefined ? [ofYear, MONTHS.indexOf(ofMonth.toLowerCase()) + 1, ofDay] : [year, isoMonth, isoDay];
        const [y, m, d] = found.map(Number) as [number, number, number];
        // The two clocks may be of different zones.
        const apart = Math.abs(daysOf(y, m, d) - daysOf(y, month, Number(day)));
        if (apart <= 1) return { line: index + 2, time: daysOf(y, month, Number(day)) * DAY };
      }
    }
    return undefined;
  }
  return undefined;
}

/** The plan with another way of reading its times. */
export const withParse = (plan: Plan, parse: string): Plan => withTime(plan, { parse });

/** The plan of a file that was looked through. */
export function asSettled(plan: Plan): Plan {
  let settled = settledPlans.get(plan);
  if (!settled) {
    settled = withTime(plan, { isSettled: true });
    settledPlans.set(plan, settled);
  }
  return settled;
}
const settledPlans = new WeakMap<Plan, Plan>();

const withTime = (plan: Plan, change: Partial<FieldPlan>): Plan => ({
  ...plan,
  fields: plan.fields.map((field) => (field.field === "time" ? { ...field, ...change } : field)),
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
