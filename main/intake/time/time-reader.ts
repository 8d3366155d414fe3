import { Refusal } from "../../../shared/base/errors.ts";
import { DAY, type Micros, SECOND } from "../../../shared/base/time.ts";
import { clockOf, daysOf, MONTHS, microsOf } from "./calendar.ts";
import { type DateOrder, DatePuzzle, dateDays } from "./date-order.ts";
import { type EpochUnit, epochMicros, inRange, isEpochUnit, type Reading, TimePattern } from "./time-pattern.ts";
import { offsetOf, Zone } from "./zone.ts";

const MAX_TIME_LENGTH = 64;
const AM_PM = "(?:\\s*([ap])\\.?m\\.?(?![a-z]))?";
const ZONE = "\\s*(z|(?:utc|gmt)?[+-]\\d\\d(?::?\\d\\d)?|[a-z]+(?:/[a-z_+-]+\\d*){1,2}|[a-z]{2,4})?";
const ISO_DATE = "(\\d{4})(?:[-/](\\d\\d)[-/](\\d\\d)|(\\d\\d)(\\d\\d)|-?(\\d{3})|-?w(\\d\\d)-?([1-7]))";
const ISO_CLOCK = "(\\d\\d)(?::?(\\d\\d)(?::?(\\d\\d)(?:[.,](\\d+))?)?)?";
const ISO = new RegExp(`^${ISO_DATE}(?:(?:t|,?\\s+|,)${ISO_CLOCK}${AM_PM}${ZONE}(?:\\[[a-z0-9_+/-]+\\])?)?$`, "iu");
const COMPACT = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u;
const APACHE = new RegExp(
  `^\\[?(\\d\\d?)/([a-z]{3})/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d+))?${ZONE}\\]?$`,
  "iu",
);
const RFC_2822 = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?(\\d\\d?)[\\s-]+([a-z]{3})[a-z]*[\\s-]+(\\d{2,4})\\s+(\\d\\d?):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d+))?)?${AM_PM}${ZONE}(?:\\s*\\([^()]*\\))?$`,
  "iu",
);
const CLOCK = `(\\d\\d?):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d+))?)?${AM_PM}${ZONE}`;
/** `April 4, 2018 10:30:15 PM`, `Apr  4 2018 10:30:15`, with or without the day of the week. */
const MONTH_FIRST = new RegExp(
  `^(?:[a-z]{3,9}\\.?,?\\s+)?([a-z]{3})[a-z]*\\.?\\s+(\\d\\d?),?\\s+(\\d{4})(?:,?\\s+(?:at\\s+)?${CLOCK})?$`,
  "iu",
);
/** `04/05/2018 10:30:15`, `4.5.18 1:30 PM`: which number is the day, only the file can say. */
const NUMERIC = new RegExp(`^(\\d\\d?)([/.-])(\\d\\d?)\\2(\\d{4}|\\d\\d)(?:(?:,?\\s+|t|,|:)${CLOCK})?$`, "iu");
/** Syslog's own (RFC 3164), and Android's: a time of some year. */
const YEARLESS = new RegExp(`^(?:[a-z]{3,9},?\\s+)?([a-z]{3})[a-z]*\\s+(\\d\\d?),?\\s+${CLOCK}$`, "iu");
const MONTH_DAY = /^(\d\d)-(\d\d)\s+(\d\d):(\d\d):(\d\d)[.,](\d{3,6})$/u;
const ASCTIME =
  /^(?:[a-z]{3,9},?\s+)?([a-z]{3})[a-z]*\s+(\d\d?)\s+(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:\s+([a-z]{2,4}|[+-]\d{4}))?\s+(\d{4})$/iu;
/** Colour escapes of a terminal, in logs that were copied from one. */
const COLOUR = /\u001B\[[0-9;]*m/gu;
/** daemontools: seconds since 1970 on a clock that it starts 10 s ahead of UTC, then nanoseconds; hex. */
const TAI64N = /^@4([0-9a-f]{15})([0-9a-f]{8})?$/iu;
/** The zone words of RFC 2822, and those of Europe that nobody else uses. */
const ZONE_WORDS: Readonly<Record<string, string>> = {
  z: "+0000",
  ut: "+0000",
  utc: "+0000",
  gmt: "+0000",
  est: "-0500",
  edt: "-0400",
  cst: "-0600",
  cdt: "-0500",
  mst: "-0700",
  mdt: "-0600",
  pst: "-0800",
  pdt: "-0700",
  wet: "+0000",
  west: "+0100",
  cet: "+0100",
  cest: "+0200",
  eet: "+0200",
  eest: "+0300",
};

const zones = new Map<string, Zone | undefined>();

/** A zone by the name in a time, such as Europe/Berlin. The log controls the name, so the cache is bounded. */
function zoneNamed(name: string): Zone | undefined {
  if (!zones.has(name)) {
    if (zones.size > 1000) zones.clear();
    let zone: Zone | undefined;
    try {
      zone = new Zone(name);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    zones.set(name, zone);
  }
  return zones.get(name);
}

/**
 * The offset that a time states at its local reading. NaN: none stated; undefined: one that is not known, or no such
 * local time.
 */
function statedOffset(text: string | undefined, local: Micros): number | undefined {
  if (!text) return Number.NaN;
  const fixed = offsetOf(ZONE_WORDS[text.toLowerCase()] ?? text);
  if (fixed !== undefined || !text.includes("/")) return fixed;
  const instant = zoneNamed(text)?.resolve(local) ?? Number.NaN;
  return Number.isNaN(instant) ? undefined : local - instant;
}

const monthOf = (name: string | undefined) => MONTHS.indexOf((name ?? "").toLowerCase()) + 1;

function put(reading: Reading, days: number, clock: number, zone: string | undefined): boolean {
  const local = days * DAY + clock;
  const offset = statedOffset(zone, local);
  if (offset === undefined) return false;
  reading.local = local;
  reading.offset = offset;
  return !Number.isNaN(local);
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

const yearOf = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900);

/** Any time that needs no pattern, as FORMATS lists them. */
export function readAnyTime(text: string, reading: Reading): boolean {
  const t = text.trim();
  if (t.length === 0 || t.length > MAX_TIME_LENGTH) return false;
  let m = COMPACT.exec(t);
  if (m) {
    const days = daysOf(Number(m[1]), Number(m[2]), Number(m[3]));
    if (m[1]?.match(/^(?:19|20)/u) && put(reading, days, clock(m[4], m[5], m[6]), undefined)) return true;
  }
  m = ISO.exec(t);
  if (m && !/^\d{7}$/u.test(t)) return put(reading, isoDays(m), clock(m[9], m[10], m[11], m[12], m[13]), m[14]);
  const epoch = epochMicros(t);
  if (!Number.isNaN(epoch)) {
    reading.local = epoch;
    reading.offset = 0;
    return true;
  }
  m = APACHE.exec(t);
  if (m) return put(reading, daysOf(Number(m[3]), monthOf(m[2]), Number(m[1])), clock(m[4], m[5], m[6], m[7]), m[8]);
  m = RFC_2822.exec(t);
  if (m) {
    const digits = (m[3] as string).length;
    const year = Number(m[3]) + (digits === 4 ? 0 : digits === 3 || Number(m[3]) >= 50 ? 1900 : 2000);
    return put(reading, daysOf(year, monthOf(m[2]), Number(m[1])), clock(m[4], m[5], m[6], m[7], m[8]), m[9]);
  }
  m = TAI64N.exec(t);
  if (m) {
    const seconds = Number.parseInt(m[1] as string, 16) - 10;
    reading.local = seconds * SECOND + Math.floor(Number.parseInt(m[2] ?? "0", 16) / 1000);
    reading.offset = 0;
    return true;
  }
  m = ASCTIME.exec(t);
  if (m) return put(reading, daysOf(Number(m[8]), monthOf(m[1]), Number(m[2])), clock(m[3], m[4], m[5], m[6]), m[7]);
  m = MONTH_FIRST.exec(t);
  if (m)
    return put(reading, daysOf(Number(m[3]), monthOf(m[1]), Number(m[2])), clock(m[4], m[5], m[6], m[7], m[8]), m[9]);
  return false;
}

/** What a file has said, or must still say, of times that one record alone does not settle. */
interface Context {
  readonly order: DateOrder | undefined;
  readonly puzzle: DatePuzzle;
  /** The year of a month and day. Undefined while it is not known. */
  readonly year: ((month: number, day: number) => number) | undefined;
}

/**
 * A time that needs its file: a numeric date, or one without a year. False, and noted in the puzzle, while that has not
 * been settled.
 */
function readInContext(text: string, reading: Reading, { order, puzzle, year }: Context): boolean {
  const t = text.trim();
  if (t.length === 0 || t.length > MAX_TIME_LENGTH) return false;
  let m = NUMERIC.exec(t);
  if (m) {
    const [first, second, of] = [Number(m[1]), Number(m[3]), yearOf(m[4] as string)];
    if (order) return put(reading, dateDays(order, first, second, of), clock(m[5], m[6], m[7], m[8], m[9]), m[10]);
    puzzle.date(t, first, second, of);
    return false;
  }
  m = YEARLESS.exec(t);
  const month = m ? monthOf(m[1]) : 0;
  if (m && month > 0) {
    puzzle.yearless++;
    const day = Number(m[2]);
    if (!year) return false;
    return put(reading, daysOf(year(month, day), month, day), clock(m[3], m[4], m[5], m[6], m[7]), m[8]);
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

/** `dmy` and `mdy`: any time, numeric dates in that order. `year 2018`: any time, those without a year from 2018 on. */
const ORDER_WORD = /^(dmy|mdy)$/u;
const YEAR_WORD = /^year (\d{4})$/u;
export const isTimeWord = (parse: string): boolean => ORDER_WORD.test(parse) || YEAR_WORD.test(parse);

const twoDigits = (u8: Uint8Array, at: number): number => {
  const a = (u8[at] as number) - 48;
  const b = (u8[at + 1] as number) - 48;
  return a >>> 0 > 9 || b >>> 0 > 9 ? Number.NaN : a * 10 + b;
};

/**
 * Reads times from bytes: the common forms without making a string, all others as text. One a column: it remembers the
 * last date.
 */
export class TimeReader implements Reading {
  local = 0;
  offset = Number.NaN;
  readonly #pattern: TimePattern | undefined;
  readonly #unit: EpochUnit | undefined;
  readonly #isoOnly: boolean;
  readonly #context: Context;
  /** The ten bytes of the last date, as numbers, and its days. */
  #a = 0;
  #b = 0;
  #c = 0;
  #days = Number.NaN;

  /**
   * `parse`: undefined (any), `iso`, `epoch_…`, `dmy`, `mdy`, `year …` or a pattern.
   * `nearest`: the year of a month and day by the record before; `first` is the year of the first record.
   */
  constructor(parse?: string, nearest?: (month: number, day: number, first: number) => number) {
    const first = Number(YEAR_WORD.exec(parse ?? "")?.[1]);
    this.#isoOnly = parse === "iso";
    this.#unit = parse && isEpochUnit(parse) ? parse : undefined;
    this.#pattern = parse && !this.#isoOnly && !this.#unit && !isTimeWord(parse) ? new TimePattern(parse) : undefined;
    this.#context = {
      order: ORDER_WORD.exec(parse ?? "")?.[1] as DateOrder | undefined,
      puzzle: new DatePuzzle(),
      year: first && nearest ? (month, day) => nearest(month, day, first) : undefined,
    };
  }

  /** What was met that the file as a whole must settle. */
  get puzzle(): DatePuzzle {
    return this.#context.puzzle;
  }

  /** Sets `local` and `offset`. False where the bytes are not a time. `view` is over the same bytes. */
  read(u8: Uint8Array, view: DataView, start: number, end: number): boolean {
    if (!this.#pattern && !this.#unit) {
      const length = end - start;
      if (length >= 19 && u8[start + 4] === 45 && u8[start + 7] === 45 && this.#iso(u8, view, start, end)) return true;
      if (length === 26 && !this.#isoOnly && u8[start + 2] === 47 && this.#apache(u8, view, start)) return true;
      if (length >= 9 && length <= 16 && length !== 14 && !this.#isoOnly && this.#epoch(u8, start, end)) return true;
    }
    if (end - start > MAX_TIME_LENGTH) return false;
    let text = "";
    for (let i = start; i < end; i++) text += String.fromCharCode(u8[i] as number);
    return this.readText(text);
  }

  readText(written: string): boolean {
    const text = written.includes("\u001B") ? written.replaceAll(COLOUR, "") : written;
    let ok: boolean;
    if (this.#pattern) ok = this.#pattern.read(text.trim(), this);
    else if (this.#unit) {
      this.local = epochMicros(text.trim(), this.#unit);
      this.offset = 0;
      ok = !Number.isNaN(this.local);
    } else if (this.#isoOnly) ok = readAnyTime(text, this) && ISO.test(text.trim());
    else ok = readAnyTime(text, this) || readInContext(text, this, this.#context);
    return ok && inRange(this.local);
  }

  /** Whole seconds, milliseconds or microseconds since 1970 (9 to 16 digits, 14 left out: it may be a compact date). */
  #epoch(u8: Uint8Array, start: number, end: number): boolean {
    let value = 0;
    for (let i = start; i < end; i++) {
      const digit = (u8[i] as number) - 48;
      if (digit >>> 0 > 9) return false;
      value = value * 10 + digit;
    }
    if (u8[start] === 48) return false;
    const length = end - start;
    this.local = length <= 11 ? value * 1_000_000 : length <= 13 ? value * 1000 : value;
    this.offset = 0;
    return inRange(this.local);
  }

  /** `2018-04-04T10:30:00`, then a fraction, then nothing, `Z` or `+hh:mm`. */
  #iso(u8: Uint8Array, view: DataView, start: number, end: number): boolean {
    const separator = u8[start + 10];
    if ((separator !== 84 && separator !== 32) || u8[start + 13] !== 58 || u8[start + 16] !== 58) return false;
    const a = view.getInt32(start, true);
    const b = view.getInt32(start + 4, true);
    const c = view.getInt16(start + 8, true);
    if (a !== this.#a || b !== this.#b || c !== this.#c) {
      this.#days = daysOf(
        twoDigits(u8, start) * 100 + twoDigits(u8, start + 2),
        twoDigits(u8, start + 5),
        twoDigits(u8, start + 8),
      );
      this.#a = a;
      this.#b = b;
      this.#c = c;
    }
    const hour = twoDigits(u8, start + 11);
    const minute = twoDigits(u8, start + 14);
    const second = twoDigits(u8, start + 17);
    if (!(hour < 24 && minute < 60 && second < 60) || Number.isNaN(this.#days)) return false;
    let at = start + 19;
    let micros = 0;
    if (at < end && (u8[at] === 46 || u8[at] === 44)) {
      let unit = 100_000;
      const first = ++at;
      while (at < end) {
        const digit = (u8[at] as number) - 48;
        if (digit >>> 0 > 9) break;
        micros += digit * unit;
        unit = unit === 1 || unit === 0 ? 0 : unit / 10;
        at++;
      }
      if (at === first) return false;
    }
    if (at === end) this.offset = Number.NaN;
    else if (u8[at] === 90 && at + 1 === end) this.offset = 0;
    else {
      const sign = u8[at];
      if (sign !== 43 && sign !== 45) return false;
      const colon = u8[at + 3] === 58 ? 1 : 0;
      if (at + 5 + colon !== end) return false;
      const east = twoDigits(u8, at + 1) * 60 + twoDigits(u8, at + 3 + colon);
      if (!(east <= 18 * 60)) return false;
      this.offset = (sign === 45 ? -east : east) * 60 * SECOND || 0;
    }
    this.local = this.#days * DAY + ((hour * 60 + minute) * 60 + second) * SECOND + micros;
    return true;
  }

  /** `04/Apr/2018:10:30:00 +0200` */
  #apache(u8: Uint8Array, view: DataView, start: number): boolean {
    if (
      u8[start + 6] !== 47 ||
      u8[start + 11] !== 58 ||
      u8[start + 14] !== 58 ||
      u8[start + 17] !== 58 ||
      u8[start + 20] !== 32
    )
      return false;
    const a = view.getInt32(start, true);
    const b = view.getInt32(start + 4, true);
    const c = view.getInt32(start + 7, true);
    if (a !== this.#a || b !== this.#b || c !== this.#c) {
      const month =
        MONTHS.indexOf(
          String.fromCharCode(u8[start + 3] as number, u8[start + 4] as number, u8[start + 5] as number).toLowerCase(),
        ) + 1;
      this.#days = daysOf(twoDigits(u8, start + 7) * 100 + twoDigits(u8, start + 9), month, twoDigits(u8, start));
      this.#a = a;
      this.#b = b;
      this.#c = c;
    }
    const hour = twoDigits(u8, start + 12);
    const minute = twoDigits(u8, start + 15);
    const second = twoDigits(u8, start + 18);
    const sign = u8[start + 21];
    const east = twoDigits(u8, start + 22) * 60 + twoDigits(u8, start + 24);
    if (!(hour < 24 && minute < 60 && second < 60 && east <= 18 * 60) || Number.isNaN(this.#days)) return false;
    if (sign !== 43 && sign !== 45) return false;
    this.local = this.#days * DAY + ((hour * 60 + minute) * 60 + second) * SECOND;
    this.offset = (sign === 45 ? -east : east) * 60 * SECOND || 0;
    return true;
  }
}

/**
 * A time as a person writes it, without a pattern. Without a zone it is read in `zone`. Undefined if it is no time or
 * does not exist there.
 */
export function parseTime(text: string, zone = "UTC"): Micros | undefined {
  const reading: Reading = { local: 0, offset: 0 };
  if (!readAnyTime(text, reading) || !inRange(reading.local)) return undefined;
  const time = Number.isNaN(reading.offset) ? new Zone(zone).resolve(reading.local) : reading.local - reading.offset;
  return Number.isNaN(time) ? undefined : time;
}
