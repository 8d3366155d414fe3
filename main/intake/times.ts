import type { Micros } from "../../shared/model/event.ts";
import { DAY, SECOND } from "../../shared/time.ts";
import { clockOf, daysOf, MONTHS, microsOf } from "./calendar.ts";
import { type EpochUnit, epochMicros, inRange, isEpochUnit, type Reading, TimePattern } from "./timepattern.ts";
import { offsetOf, Zone } from "./zone.ts";

const LONGEST = 64;
const ZONE = "\\s*(z|[+-]\\d\\d(?::?\\d\\d)?|[a-z]{2,4})?";
const ISO_DATE = "(\\d{4})(?:[-/](\\d\\d)[-/](\\d\\d)|(\\d\\d)(\\d\\d)|-?(\\d{3})|-?w(\\d\\d)-?([1-7]))";
const ISO_CLOCK = "(\\d\\d)(?::?(\\d\\d)(?::?(\\d\\d)(?:[.,](\\d+))?)?)?";
const ISO = new RegExp(`^${ISO_DATE}(?:(?:t|,?\\s+|,)${ISO_CLOCK}${ZONE}(?:\\[[a-z0-9_+/-]+\\])?)?$`, "iu");
const COMPACT = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u;
const APACHE = new RegExp(
  `^\\[?(\\d\\d?)/([a-z]{3})/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d+))?${ZONE}\\]?$`,
  "iu",
);
const RFC_2822 = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?(\\d\\d?)[\\s-]+([a-z]{3})[a-z]*[\\s-]+(\\d{2,4})\\s+(\\d\\d?):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d+))?)?${ZONE}(?:\\s*\\([^()]*\\))?$`,
  "iu",
);
const ASCTIME =
  /^(?:[a-z]{3,9},?\s+)?([a-z]{3})[a-z]*\s+(\d\d?)\s+(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:\s+([a-z]{2,4}|[+-]\d{4}))?\s+(\d{4})$/iu;
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

/** NaN: no zone stated; undefined: one that is not known. */
function statedOffset(text: string | undefined): number | undefined {
  if (!text) return Number.NaN;
  return offsetOf(ZONE_WORDS[text.toLowerCase()] ?? text);
}

const monthOf = (name: string | undefined) => MONTHS.indexOf((name ?? "").toLowerCase()) + 1;

function put(reading: Reading, days: number, clock: number, zone: string | undefined): boolean {
  const offset = statedOffset(zone);
  if (offset === undefined) return false;
  reading.local = days * DAY + clock;
  reading.offset = offset;
  return !Number.isNaN(reading.local);
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

const clock = (h?: string, m?: string, s?: string, f?: string) =>
  clockOf(Number(h ?? 0), Number(m ?? 0), Number(s ?? 0), microsOf(f));

/** Any time that needs no pattern, as FORMATS lists them. */
export function readAnyTime(text: string, reading: Reading): boolean {
  const t = text.trim();
  if (t.length === 0 || t.length > LONGEST) return false;
  let m = COMPACT.exec(t);
  if (m) {
    const days = daysOf(Number(m[1]), Number(m[2]), Number(m[3]));
    if (m[1]?.match(/^(?:19|20)/u) && put(reading, days, clock(m[4], m[5], m[6]), undefined)) return true;
  }
  m = ISO.exec(t);
  if (m && !/^\d{7}$/u.test(t)) return put(reading, isoDays(m), clock(m[9], m[10], m[11], m[12]), m[13]);
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
    return put(reading, daysOf(year, monthOf(m[2]), Number(m[1])), clock(m[4], m[5], m[6], m[7]), m[8]);
  }
  m = ASCTIME.exec(t);
  if (m) return put(reading, daysOf(Number(m[8]), monthOf(m[1]), Number(m[2])), clock(m[3], m[4], m[5], m[6]), m[7]);
  return false;
}

const d2 = (u8: Uint8Array, at: number): number => {
  const a = (u8[at] as number) - 48;
  const b = (u8[at + 1] as number) - 48;
  return a >>> 0 > 9 || b >>> 0 > 9 ? Number.NaN : a * 10 + b;
};

/** Reads times from bytes: the common forms without making a string, all others as text. One a column: it remembers the last date. */
export class TimeReader implements Reading {
  local = 0;
  offset = Number.NaN;
  readonly #pattern: TimePattern | undefined;
  readonly #unit: EpochUnit | undefined;
  readonly #isoOnly: boolean;
  /** The ten bytes of the last date, as numbers, and its days. */
  #a = 0;
  #b = 0;
  #c = 0;
  #days = Number.NaN;

  /** `parse`: undefined (any), `iso`, `epoch_…` or a pattern. */
  constructor(parse?: string) {
    this.#isoOnly = parse === "iso";
    this.#unit = parse && isEpochUnit(parse) ? parse : undefined;
    this.#pattern = parse && !this.#isoOnly && !this.#unit ? new TimePattern(parse) : undefined;
  }

  /** Sets `local` and `offset`; false where the bytes are not a time. `view` looks at the same bytes. */
  read(u8: Uint8Array, view: DataView, start: number, end: number): boolean {
    if (!this.#pattern && !this.#unit) {
      const length = end - start;
      if (length >= 19 && u8[start + 4] === 45 && u8[start + 7] === 45 && this.#iso(u8, view, start, end)) return true;
      if (length === 26 && !this.#isoOnly && u8[start + 2] === 47 && this.#apache(u8, view, start)) return true;
      if (length >= 9 && length <= 16 && length !== 14 && !this.#isoOnly && this.#epoch(u8, start, end)) return true;
    }
    if (end - start > LONGEST) return false;
    let text = "";
    for (let i = start; i < end; i++) text += String.fromCharCode(u8[i] as number);
    return this.readText(text);
  }

  readText(text: string): boolean {
    let ok: boolean;
    if (this.#pattern) ok = this.#pattern.read(text.trim(), this);
    else if (this.#unit) {
      this.local = epochMicros(text.trim(), this.#unit);
      this.offset = 0;
      ok = !Number.isNaN(this.local);
    } else ok = readAnyTime(text, this) && !(this.#isoOnly && !ISO.test(text.trim()));
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
      this.#days = daysOf(d2(u8, start) * 100 + d2(u8, start + 2), d2(u8, start + 5), d2(u8, start + 8));
      this.#a = a;
      this.#b = b;
      this.#c = c;
    }
    const hour = d2(u8, start + 11);
    const minute = d2(u8, start + 14);
    const second = d2(u8, start + 17);
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
      const east = d2(u8, at + 1) * 60 + d2(u8, at + 3 + colon);
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
      this.#days = daysOf(d2(u8, start + 7) * 100 + d2(u8, start + 9), month, d2(u8, start));
      this.#a = a;
      this.#b = b;
      this.#c = c;
    }
    const hour = d2(u8, start + 12);
    const minute = d2(u8, start + 15);
    const second = d2(u8, start + 18);
    const sign = u8[start + 21];
    const east = d2(u8, start + 22) * 60 + d2(u8, start + 24);
    if (!(hour < 24 && minute < 60 && second < 60 && east <= 18 * 60) || Number.isNaN(this.#days)) return false;
    if (sign !== 43 && sign !== 45) return false;
    this.local = this.#days * DAY + ((hour * 60 + minute) * 60 + second) * SECOND;
    this.offset = (sign === 45 ? -east : east) * 60 * SECOND || 0;
    return true;
  }
}

/** A time as a person writes it, without a pattern; without a zone it is taken in `zone`. Undefined if it is no time or does not exist there. */
export function parseTime(text: string, zone = "UTC"): Micros | undefined {
  const reading: Reading = { local: 0, offset: 0 };
  if (!readAnyTime(text, reading) || !inRange(reading.local)) return undefined;
  const time = Number.isNaN(reading.offset) ? new Zone(zone).resolve(reading.local) : reading.local - reading.offset;
  return Number.isNaN(time) ? undefined : time;
}
