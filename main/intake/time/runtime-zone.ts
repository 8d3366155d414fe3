import { LRUCache } from "lru-cache";
import { HOUR, type Micros } from "../../../shared/base/time.ts";

const QUARTER_HOUR = HOUR / 4;
const MAX_OFFSET_SPAN = 26 * HOUR;
const MAX_QUARTERS = 100_000;

/** A zone as the runtime's own data has it, by quarters of an hour: at such times clocks are changed, as far as laws of today reach. */
export class RuntimeZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new LRUCache<number, number>({ max: MAX_QUARTERS });

  /** @throws RangeError where there is no zone of that name */
  constructor(name: string) {
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
  }

  /** How far local clocks are ahead of UTC at an instant, in microseconds. */
  offsetAt(instant: Micros): number {
    const quarter = Math.floor(instant / QUARTER_HOUR);
    let offset = this.#offsets.get(quarter);
    if (offset === undefined) {
      const millis = (quarter * QUARTER_HOUR) / 1000;
      const part: Record<string, string> = {};
      for (const { type, value } of this.#format.formatToParts(millis)) part[type] = value;
      const year = part.era?.startsWith("B") ? 1 - Number(part.year) : Number(part.year);
      const local = new Date(0);
      local.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
      local.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second), 0);
      offset = (local.getTime() - millis) * 1000;
      this.#offsets.set(quarter, offset);
    }
    return offset;
  }

  /** The instants of a local clock reading: the first, NaN if it does not exist, and the later one where there are two. */
  resolve(local: Micros): { first: Micros; second: Micros } {
    const before = this.offsetAt(local - MAX_OFFSET_SPAN);
    const after = this.offsetAt(local + MAX_OFFSET_SPAN);
    const one = this.offsetAt(local - before) === before ? local - before : Number.NaN;
    const two = after !== before && this.offsetAt(local - after) === after ? local - after : Number.NaN;
    if (Number.isNaN(one)) return { first: two, second: Number.NaN };
    if (Number.isNaN(two)) return { first: one, second: Number.NaN };
    return { first: Math.min(one, two), second: Math.max(one, two) };
  }
}
