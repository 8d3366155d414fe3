import { Refusal } from "../../../shared/base/errors.ts";
import { HOUR, type Micros, SECOND } from "../../../shared/base/time.ts";

const QUARTER_HOUR = HOUR / 4;
const MAX_OFFSET_SPAN = 26 * HOUR;
/** What a quarter of an hour of local time is remembered as, where it is not one plain offset. */
const NO_SINGLE_OFFSET = Number.NaN;

/** `+02:00`, `-0330`, `Z` as microseconds east of Greenwich. Undefined if it is no offset. */
export function offsetOf(text: string): number | undefined {
  if (/^(?:z|utc|gmt|ut)$/iu.test(text)) return 0;
  const match = /^(?:utc|gmt)?([+-])(\d\d)(?::?(\d\d))?$/iu.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 18 * 60 || Number(match[3] ?? 0) > 59) return undefined;
  return (match[1] === "-" ? -minutes : minutes) * 60 * SECOND || 0;
}

/** A time zone by its IANA name or as a fixed offset: local clock readings to instants. */
export class Zone {
  readonly name: string;
  /** After `resolve`: the later instant of a local time that occurs twice, else NaN. */
  second: Micros = Number.NaN;
  readonly #fixed: number | undefined;
  readonly #format: Intl.DateTimeFormat | undefined;
  readonly #offsets = new Map<number, number>();
  readonly #quarters = new Map<number, number>();

  /** @throws Refusal `timezone-unknown` */
  constructor(name: string) {
    this.#fixed = offsetOf(name);
    this.name = this.#fixed === 0 ? "UTC" : name;
    if (this.#fixed !== undefined) return;
    try {
      // en-US with these parts is fixed by the standard well enough to be read back by position of type.
      this.#format = new Intl.DateTimeFormat("en-US", {
        timeZone: name,
        calendar: "gregory",
        numberingSystem: "latn",
        hourCycle: "h23",
        era: "short",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
      this.name = this.#format.resolvedOptions().timeZone;
    } catch (error) {
      throw new Refusal(
        "timezone-unknown",
        `"${name}" is not a time zone`,
        "give a name such as Europe/Berlin, or an offset such as +02:00",
        { cause: error },
      );
    }
  }

  /** How far local clocks were ahead of UTC at an instant, in microseconds. */
  offsetAt(instant: Micros): number {
    if (this.#fixed !== undefined) return this.#fixed;
    const quarter = Math.floor(instant / QUARTER_HOUR);
    let offset = this.#offsets.get(quarter);
    if (offset === undefined) {
      const millis = (quarter * QUARTER_HOUR) / 1000;
      const part: Record<string, string> = {};
      for (const { type, value } of (this.#format as Intl.DateTimeFormat).formatToParts(millis)) part[type] = value;
      const year = part.era?.startsWith("B") ? 1 - Number(part.year) : Number(part.year);
      const local = new Date(0);
      local.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
      local.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second), 0);
      offset = (local.getTime() - millis) * 1000;
      if (this.#offsets.size > 100_000) this.#offsets.clear();
      this.#offsets.set(quarter, offset);
    }
    return offset;
  }

  /** The instant of a local clock reading: the first of two, with the other in `second`; NaN if it does not exist. */
  resolve(local: Micros): Micros {
    this.second = Number.NaN;
    if (this.#fixed !== undefined) return local - this.#fixed;
    const quarter = Math.floor(local / QUARTER_HOUR);
    let offset = this.#quarters.get(quarter);
    if (offset === undefined) {
      const begin = this.#search(quarter * QUARTER_HOUR);
      const beginTwice = !Number.isNaN(this.second);
      const end = this.#search((quarter + 1) * QUARTER_HOUR - 1);
      const plain = !beginTwice && Number.isNaN(this.second) && end - begin === QUARTER_HOUR - 1;
      offset = plain ? quarter * QUARTER_HOUR - begin : NO_SINGLE_OFFSET;
      if (this.#quarters.size > 100_000) this.#quarters.clear();
      this.#quarters.set(quarter, offset);
    }
    if (!Number.isNaN(offset)) {
      this.second = Number.NaN;
      return local - offset;
    }
    return this.#search(local);
  }

  #search(local: Micros): Micros {
    const before = this.offsetAt(local - MAX_OFFSET_SPAN);
    const after = this.offsetAt(local + MAX_OFFSET_SPAN);
    const one = this.offsetAt(local - before) === before ? local - before : Number.NaN;
    const two = after !== before && this.offsetAt(local - after) === after ? local - after : Number.NaN;
    this.second = Number.isNaN(one) || Number.isNaN(two) ? Number.NaN : Math.max(one, two);
    if (Number.isNaN(one)) return two;
    return Number.isNaN(two) ? one : Math.min(one, two);
  }
}
