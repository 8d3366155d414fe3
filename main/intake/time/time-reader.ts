import { DAY, type Micros, SECOND } from "../../../shared/base/time.ts";
import { daysOf, MONTHS } from "./calendar.ts";
import { type DateOrder, DatePuzzle } from "./date-order.ts";
import { countedMicros, FIRST_BELIEVED, inRange, isDayInRange, isTimeUnit, type TimeUnit } from "./epochs.ts";
import { type Reading, TimePattern } from "./time-pattern.ts";
import { isIsoTime, MAX_TIME_LENGTH, plainText, readAnyTime, readInContext, type TimeContext } from "./written-time.ts";
import { Zone } from "./zone.ts";

/** `dmy`, `mdy`, `ymd`: any time, numeric dates in that order. `year 2018`: any time, those without a year from 2018 on. */
const ORDER_WORD = /^(dmy|mdy|ymd)$/u;
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
  /** After a text that is no time: the word behind it that names no one zone, else "". */
  unknownZone = "";
  readonly zone: Zone | undefined;
  readonly #isSettled: boolean;
  readonly #pattern: TimePattern | undefined;
  readonly #unit: TimeUnit | undefined;
  readonly #isoOnly: boolean;
  readonly #context: TimeContext;
  /** The ten bytes of the last date, as numbers, and its days. */
  #a = 0;
  #b = 0;
  #c = 0;
  #days = Number.NaN;

  /**
   * `parse`: undefined (any), `iso`, `epoch_…`, `dmy`, `mdy`, `ymd`, `year …` or a pattern.
   * `nearest`: the year of a month and day by the record before; `first` is the year of the first record.
   * `zone`: the source's. `isSettled`: the file was looked through, so that a bare number before 1990 is no time.
   */
  constructor(
    parse?: string,
    nearest?: (month: number, day: number, first: number) => number,
    { zone, isSettled = false }: { readonly zone?: Zone; readonly isSettled?: boolean } = {},
  ) {
    this.zone = zone;
    this.#isSettled = isSettled;
    const first = Number(YEAR_WORD.exec(parse ?? "")?.[1]);
    this.#isoOnly = parse === "iso";
    this.#unit = parse && isTimeUnit(parse) ? parse : undefined;
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
    return this.readText(Buffer.from(u8.buffer, u8.byteOffset + start, end - start).toString("utf8"));
  }

  readText(written: string): boolean {
    const text = plainText(written);
    this.unknownZone = "";
    let ok: boolean;
    if (this.#pattern) ok = this.#pattern.read(text, this);
    else if (this.#unit) {
      this.local = countedMicros(text, this.#unit);
      this.offset = 0;
      ok = !Number.isNaN(this.local);
    } else if (this.#isoOnly) ok = isIsoTime(text) && readAnyTime(text, this);
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
    return inRange(this.local) && this.isBelieved(this.local, value);
  }

  /** Whether a bare number can be this instant. Until the file is settled any can, and the numbers are noted. */
  isBelieved(instant: Micros, number: number): boolean {
    if (this.#isSettled) return instant >= FIRST_BELIEVED;
    this.puzzle.count(number);
    return true;
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
    if (!(hour < 24 && minute < 60 && second < 60 && isDayInRange(this.#days))) return false;
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
    if (!(hour < 24 && minute < 60 && second < 60 && east <= 18 * 60 && isDayInRange(this.#days))) return false;
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
  const reading: Reading = { local: 0, offset: 0, zone: new Zone(zone) };
  if (!readAnyTime(plainText(text), reading) || !inRange(reading.local)) return undefined;
  const time = Number.isNaN(reading.offset) ? new Zone(zone).resolve(reading.local) : reading.local - reading.offset;
  return Number.isNaN(time) ? undefined : time;
}
