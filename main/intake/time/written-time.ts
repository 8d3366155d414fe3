import { DAY, SECOND } from "../../../shared/base/time.ts";
import { clockOf, daysOf, MONTHS, microsOf } from "./calendar.ts";
import { type DateOrder, type DatePuzzle, dateDays, yearOf } from "./date-order.ts";
import { epochMicros } from "./epochs.ts";
import { inEnglish } from "./foreign-time.ts";
import { statedZone } from "./stated-offset.ts";
import type { Reading } from "./time-pattern.ts";

/** Characters of a time at most: JavaScript's own with a long name of a zone has some 80. */
export const MAX_TIME_LENGTH = 96;
const AM_PM = "(?:\\s*([ap])\\.?\\s?m\\.?(?![a-z]))?";
/** Whatever stands behind the clock: the zone, or the form is not this one (stated-offset.ts). */
const ZONE = "(?:\\s*([a-z+\\-[(].*))?";
const FRACTION = "(?:[.,](\\d+))?";
const ISO_DATE = "(\\d{4})(?:[-/](\\d\\d)[-/](\\d\\d)|(\\d\\d)(\\d\\d)|-?(\\d{3})|-?w(\\d\\d)-?([1-7]))";
const ISO_CLOCK = `(\\d\\d)(?::?(\\d\\d)(?::?(\\d\\d)${FRACTION})?)?`;
const ISO = new RegExp(`^${ISO_DATE}(?:(?:t|,?\\s+|,)${ISO_CLOCK}${AM_PM}${ZONE})?$`, "iu");
/** `20180404103015`, LDAP's `20180404103015.0Z`, and 17 digits with milliseconds. */
const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,](\d+)|(\d{3}))?(z|[+-]\d\d(?:\d\d)?)?$/iu;
const APACHE = new RegExp(`^(\\d\\d?)/([a-z]{3})/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d)${FRACTION}${ZONE}$`, "iu");
const CLOCK = `(\\d\\d?):(\\d\\d)(?::(\\d\\d)${FRACTION})?${AM_PM}${ZONE}`;
const RFC_5322 = new RegExp(
  `^(?:[a-z]{3,9}\\.?,?\\s+)?(\\d\\d?)\\.?[\\s-]+([a-z]{3})[a-z]*[\\s-]+(\\d{2,4})(?:,?\\s+(?:at\\s+|@\\s+)?${CLOCK})?$`,
  "iu",
);
/** Oracle's `01-MAY-24 10.00.26.000000 AM -04:00`. */
const ORACLE = new RegExp(
  `^(\\d\\d?)-([a-z]{3})-(\\d{2}|\\d{4})\\s+(\\d\\d?)\\.(\\d\\d)\\.(\\d\\d)${FRACTION}${AM_PM}${ZONE}$`,
  "iu",
);
/** `April 4, 2018 10:30:15 PM`, `Apr  4 2018 @ 10:30:15`, with or without the day of the week. */
const MONTH_FIRST = new RegExp(
  `^(?:[a-z]{3,9}\\.?,?\\s+)?([a-z]{3})[a-z]*\\.?\\s+(\\d\\d?),?\\s+(\\d{4})(?:,?\\s+(?:at\\s+|@\\s+)?${CLOCK})?$`,
  "iu",
);
/** `04/05/2018 10:30:15`, `4.5.18 1:30 PM`: which number is the day, only the file can say. */
const NUMERIC = new RegExp(`^(\\d\\d?)([/.-])(\\d\\d?)\\2(\\d{4}|\\d\\d)(?:(?:,?\\s+|t|,|:)${CLOCK})?$`, "iu");
/** Syslog's own (RFC 3164), and Android's: a time of some year. */
const YEARLESS = new RegExp(`^(?:[a-z]{3,9},?\\s+)?([a-z]{3})[a-z]*\\s+(\\d\\d?),?\\s+${CLOCK}$`, "iu");
const MONTH_DAY = /^(\d\d)-(\d\d)\s+(\d\d):(\d\d):(\d\d)[.,](\d{3,6})$/u;
const ASCTIME = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?([a-z]{3})[a-z]*\\s+(\\d\\d?)\\s+(\\d\\d?):(\\d\\d):(\\d\\d)${FRACTION}(?:\\s+([a-z+\\-[(].*?))?\\s+(\\d{4})$`,
  "iu",
);
/** daemontools: seconds since 1970 on a clock that it starts 10 s ahead of UTC, then nanoseconds; hex. */
const TAI64N = /^@4([0-9a-f]{15})([0-9a-f]{8})?$/iu;
/** Microsoft's JSON: milliseconds since 1970 UTC. An offset in it says only where the writer was. */
const MS_DATE = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/iu;
/** A count that as microseconds since 1970 would be more than a double holds exactly: another counting may fit. */
const NUMBER = /^\d{5,20}(?:[.,]\d+)?$/u;
/** Colour escapes of a terminal, in logs that were copied from one. */
const COLOUR = /\u001B\[[0-9;]*m/gu;
/** Blanks and minus signs that typesetters and some systems write: U+00A0, U+202F, U+2212 and their like. */
const BLANKS = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu;
const MINUS = /[\u2010-\u2013\u2212\uFE63\uFF0D]/gu;
const DIRECTIONS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

export const isIsoTime = (text: string): boolean => ISO.test(text);

/** A time's text as the forms below know it, without what is only how it looks. */
export function plainText(written: string): string {
  const text = written.includes("\u001B") ? written.replaceAll(COLOUR, "") : written;
  if (/^[\x20-\x7E]*$/u.test(text)) return text.trim();
  return text.replaceAll(DIRECTIONS, "").replaceAll(BLANKS, " ").replaceAll(MINUS, "-").trim();
}

const monthOf = (name: string | undefined) => MONTHS.indexOf((name ?? "").toLowerCase()) + 1;

function put(reading: Reading, days: number, clock: number, zone: string | undefined, isRfc5322 = false): boolean {
  const local = days * DAY + clock;
  if (Number.isNaN(local)) return false;
  const stated = statedZone(zone, local, reading.zone, isRfc5322);
  if (stated?.unknown !== undefined) reading.unknownZone = stated.unknown;
  if (stated === undefined || stated.unknown !== undefined) return false;
  reading.local = local;
  reading.offset = stated.offset;
  return true;
}

function isoDays(m: RegExpExecArray): number {
  const year = Number(m[1]);
  if (m[2]) return daysOf(year, Number(m[2]), Number(m[3]));
  if (m[4]) return daysOf(year, Number(m[4]), Number(m[5]));
  const first = daysOf(year, 1, 1);
  if (m[6])
    return Number(m[6]) >= 1 && Number(m[6]) <= daysOf(year + 1, 1, 1) - first ? first + Number(m[6]) - 1 : Number.NaN;
  // Week 1 holds 4 January; weeks begin on Monday (1970-01-01 was a Thursday).
  const fourth = first + 3;
  const monday = fourth - ((((fourth + 3) % 7) + 7) % 7);
  return Number(m[7]) >= 1 && Number(m[7]) <= 53 ? monday + (Number(m[7]) - 1) * 7 + Number(m[8]) - 1 : Number.NaN;
}

/** Microseconds into the day; `half`: a or p of a 12-hour clock. NaN where no clock shows it. */
function clock(h?: string, m?: string, s?: string, f?: string, half?: string): number {
  let hour = Number(h ?? 0);
  if (half) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  return clockOf(hour, Number(m ?? 0), Number(s ?? 0), microsOf(f));
}

/** Any time that needs no pattern, as FORMATS lists them. `text` is plain (`plainText`). */
export function readAnyTime(text: string, reading: Reading): boolean {
  if (text.length === 0 || text.length > MAX_TIME_LENGTH) return false;
  if (readForm(text, reading)) return true;
  const english = /\p{L}/u.test(text) ? inEnglish(text) : undefined;
  return english !== undefined && readForm(english, reading);
}

function readForm(t: string, reading: Reading): boolean {
  let m = COMPACT.exec(t);
  if (m) {
    const days = daysOf(Number(m[1]), Number(m[2]), Number(m[3]));
    if (put(reading, days, clock(m[4], m[5], m[6], m[7] ?? m[8]), m[9])) return true;
  }
  m = ISO.exec(t);
  if (m && !/^\d{7}$/u.test(t)) return put(reading, isoDays(m), clock(m[9], m[10], m[11], m[12], m[13]), m[14]);
  const ms = MS_DATE.exec(t)?.[1];
  const epoch = ms === undefined ? epochMicros(t) : epochMicros(ms, "epoch_ms");
  if (Number.isNaN(epoch) && NUMBER.test(t)) reading.isBelieved?.(epoch, Number(t.replace(",", ".")));
  if (!Number.isNaN(epoch)) {
    if (ms === undefined && reading.isBelieved?.(epoch, Number(t.replace(",", "."))) === false) return false;
    return putInstant(reading, epoch);
  }
  // In its brackets, or what a split line has left of them; a zone's own name behind it keeps its pair.
  m = APACHE.exec(t.replace(/^\[/u, "").replace(/^([^[]*)\]$/u, "$1"));
  if (m) return put(reading, daysOf(Number(m[3]), monthOf(m[2]), Number(m[1])), clock(m[4], m[5], m[6], m[7]), m[8]);
  m = ORACLE.exec(t);
  if (m) {
    const days = daysOf(yearOf(m[3] as string), monthOf(m[2]), Number(m[1]));
    return put(reading, days, clock(m[4], m[5], m[6], m[7], m[8]), m[9]);
  }
  m = RFC_5322.exec(t);
  if (m) {
    const digits = (m[3] as string).length;
    const year = Number(m[3]) + (digits === 4 ? 0 : digits === 3 || Number(m[3]) >= 50 ? 1900 : 2000);
    return put(reading, daysOf(year, monthOf(m[2]), Number(m[1])), clock(m[4], m[5], m[6], m[7], m[8]), m[9], true);
  }
  m = TAI64N.exec(t);
  if (m) {
    const seconds = Number.parseInt(m[1] as string, 16) - 10;
    return putInstant(reading, seconds * SECOND + Math.floor(Number.parseInt(m[2] ?? "0", 16) / 1000));
  }
  m = ASCTIME.exec(t);
  if (m) return put(reading, daysOf(Number(m[8]), monthOf(m[1]), Number(m[2])), clock(m[3], m[4], m[5], m[6]), m[7]);
  m = MONTH_FIRST.exec(t);
  if (m)
    return put(reading, daysOf(Number(m[3]), monthOf(m[1]), Number(m[2])), clock(m[4], m[5], m[6], m[7], m[8]), m[9]);
  return false;
}

function putInstant(reading: Reading, instant: number): boolean {
  reading.local = instant;
  reading.offset = 0;
  return true;
}

/** What a file has said, or must still say, of times that one record alone does not settle. */
export interface TimeContext {
  readonly order: DateOrder | undefined;
  readonly puzzle: DatePuzzle;
  /** The year of a month and day. Undefined while it is not known. */
  readonly year: ((month: number, day: number) => number) | undefined;
}

/**
 * A time that needs its file: a numeric date, or one without a year. False, and noted in the puzzle, while that has not
 * been settled.
 */
export function readInContext(text: string, reading: Reading, { order, puzzle, year }: TimeContext): boolean {
  if (text.length === 0 || text.length > MAX_TIME_LENGTH) return false;
  const english = /\p{L}/u.test(text) ? inEnglish(text) : undefined;
  const t = english ?? text;
  let m = NUMERIC.exec(t);
  if (m) {
    const [first, second, third] = [m[1] as string, m[3] as string, m[4] as string];
    if (order) return put(reading, dateDays(order, first, second, third), clock(m[5], m[6], m[7], m[8], m[9]), m[10]);
    puzzle.date(t, first, second, third);
    return false;
  }
  m = YEARLESS.exec(t);
  const month = m ? monthOf(m[1]) : 0;
  if (m && month > 0) {
    puzzle.yearless++;
    const day = Number(m[2]);
    if (!year) return false;
    const of = year(month, day);
    if (month === 2 && day === 29) puzzle.leapYears.add(of);
    return put(reading, daysOf(of, month, day), clock(m[3], m[4], m[5], m[6], m[7]), m[8]);
  }
  m = MONTH_DAY.exec(t);
  if (!m) return false;
  puzzle.yearless++;
  const day = Number(m[2]);
  return (
    year !== undefined &&
    put(reading, daysOf(year(Number(m[1]), day), Number(m[1]), day), clock(m[3], m[4], m[5], m[6]), undefined)
  );
}
