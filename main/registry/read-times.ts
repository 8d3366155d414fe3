import { figure } from "../../shared/base/figure.ts";
import { DAY, isoOf, type Micros } from "../../shared/base/time.ts";
import type { DateOrder } from "../intake/time/date-order.ts";
import { believableCounting, countedMicros, epochMicros, isBelieved, type TimeUnit } from "../intake/time/epochs.ts";
import { TimeReader } from "../intake/time/time-reader.ts";
import { Zone } from "../intake/time/zone.ts";

/** Times of a registry lie in the past, or are planned: up to here they are believed. */
const LAST_BELIEVED: Micros = Date.UTC(2100, 0, 1) * 1000;
const BARE_NUMBER = /^\d{5,20}(?:[.,]\d+)?$/u;
/** `20180404` is a date, eight digits of ISO 8601. */
const COMPACT_DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/u;
/** Systems write an end that never comes as a day of the last year they know. */
const FAR =
  /^(?:9999-|0000-00-00|(?:2[1-9]|[3-8]\d)\d\d-12-31|31[./-]12[./-]9999|12[./-]31[./-]9999|9999[./]12[./]31|99991231|2958465)/u;

export interface TimeCell {
  readonly text: string;
  readonly day: "begin" | "end";
  /** `excel_days` or `excel_days_1904`, of the sheet. */
  readonly days: TimeUnit;
  /** A zone that the column's name states. */
  readonly zone?: string | undefined;
}

/** A cell that is no time, and what to do about it. */
export interface NoTime {
  readonly why: string;
  readonly todo?: string;
  /** Where an option of the import would settle it. */
  readonly by?: "dates";
}

/** How the times of one file are read: what no cell alone settles, all of them together do. */
export class FileTimes {
  readonly #zone: Zone;
  readonly #zones = new Map<string, Zone>();
  readonly #isOption: boolean;
  readonly #order: DateOrder | undefined;
  readonly #whyOrder: string;
  readonly #units: ReadonlyMap<TimeUnit, { unit: TimeUnit; title: string } | undefined>;
  /** Whether the time that was read last was a date without a clock. */
  wasDay = false;
  #wholeDays = { begin: 0, end: 0 };
  #withoutZone = 0;
  #never = 0;
  #farDay = "";
  #numeric = 0;
  #counted = new Map<string, { count: number; example: string; time: Micros }>();

  /** Looks through the times of a file. `timezone`: of those without a zone. @throws Refusal `timezone-unknown` */
  constructor(cells: readonly TimeCell[], options: { timezone?: string | undefined; order?: DateOrder | undefined }) {
    this.#isOption = options.timezone !== undefined;
    this.#zone = new Zone(options.timezone ?? "UTC");
    const reader = new TimeReader(undefined, undefined, { zone: this.#zone });
    const numbers = new Map<TimeUnit, string[]>();
    for (const { text, days } of cells) {
      if (!isNumber(text)) reader.readText(text);
      else {
        const list = numbers.get(days);
        if (list) list.push(text);
        else numbers.set(days, [text]);
      }
    }
    const verdict = reader.puzzle.verdict();
    this.#order = options.order ?? (reader.puzzle.numeric > 0 ? verdict.order : undefined);
    this.#whyOrder = options.order
      ? `${options.order === "dmy" ? "day" : "month"} first, as --dates says`
      : verdict.why;
    this.#units = new Map([...numbers].map(([days, list]) => [days, countingOf(list, days)]));
  }

  get timezone(): string {
    return this.#zone.name;
  }

  get timezoneFrom(): "option" | "assumed" | "timestamps" {
    return this.#withoutZone === 0 ? "timestamps" : this.#isOption ? "option" : "assumed";
  }

  /** The instant of a cell; null: an end that never comes. */
  read({ text, day, days, zone: stated }: TimeCell): Micros | null | NoTime {
    this.wasDay = false;
    if (day === "end" && FAR.test(text)) {
      this.#never += 1;
      this.#farDay ||= text.slice(0, 10);
      return null;
    }
    if (isNumber(text)) return this.#readNumber(text, day, days);
    const zone = stated === undefined ? this.#zone : this.#zoneNamed(stated);
    const reader = new TimeReader(this.#order, undefined, { zone });
    if (!reader.readText(text)) return this.#noTime(text, reader);
    const isNumeric = /^\d\d?[./-]\d\d?[./-]\d/u.test(text);
    if (isNumeric) this.#numeric += 1;
    if (!Number.isNaN(reader.offset)) return reader.local - reader.offset;
    if (stated === undefined) this.#withoutZone += 1;
    return isWholeDay(text) ? this.#ofDay(reader.local, day, zone) : instantIn(zone, reader.local, text);
  }

  #zoneNamed(name: string): Zone {
    let zone = this.#zones.get(name);
    if (!zone) {
      zone = new Zone(name);
      this.#zones.set(name, zone);
    }
    return zone;
  }

  #readNumber(text: string, day: "begin" | "end", days: TimeUnit): Micros | null | NoTime {
    const counting = this.#units.get(days);
    if (!counting)
      return {
        why: `is a bare number that counts no time from 1990 to 2100 together with the others: "${text.slice(0, 40)}"`,
        todo: "write the times as 2018-04-04",
      };
    const time = countedMicros(text, counting.unit);
    const known = this.#counted.get(counting.title);
    if (known) known.count += 1;
    else this.#counted.set(counting.title, { count: 1, example: text, time });
    // Days of a spreadsheet are days of its own zone; every other count begins in UTC.
    if (!counting.unit.startsWith("excel")) return time;
    this.#withoutZone += 1;
    return time % DAY === 0 ? this.#ofDay(time, day, this.#zone) : instantIn(this.#zone, time, text);
  }

  #ofDay(local: Micros, day: "begin" | "end", zone: Zone): Micros | NoTime {
    this.wasDay = true;
    this.#wholeDays[day] += 1;
    return midnight(zone, day === "begin" ? local : local + DAY);
  }

  #noTime(text: string, reader: TimeReader): NoTime {
    const shown = text.slice(0, 40);
    if (reader.unknownZone !== "")
      return {
        why: `has "${reader.unknownZone}" behind its clock, which is the name of several zones: "${shown}"`,
        todo: "write the zone as an offset, or leave it out and give --timezone",
      };
    if (reader.puzzle.numeric > 0 && this.#order === undefined)
      return {
        why: `is a date whose order is open: "${shown}"; ${this.#whyOrder}`,
        todo: "say which with --dates dmy or --dates mdy",
        by: "dates",
      };
    return { why: `is not a time: "${shown}"` };
  }

  /** How the times were read, in sentences. */
  said(): string[] {
    const { begin, end } = this.#wholeDays;
    const zone = this.#zone.name;
    const dates = (count: number) => `${figure(count)} ${count === 1 ? "date" : "dates"} without a clock`;
    const from = this.#isOption ? "as --timezone says" : "assumed, because nothing names another";
    return [
      ...(this.#withoutZone > 0 ? [`times without a zone are of ${zone} (${from})`] : []),
      ...(begin > 0 ? [`${dates(begin)} ${begin === 1 ? "begins" : "begin"} with the day`] : []),
      ...(end > 0 ? [`${dates(end)} ${end === 1 ? "reaches" : "reach"} to the end of the day`] : []),
      ...(this.#numeric > 0 && this.#order ? [`dates are ${this.#whyOrder}`] : []),
      ...[...this.#counted].map(
        ([title, { count, example, time }]) =>
          `${figure(count)} bare ${count === 1 ? "number is" : "numbers are"} ${title}: ${example} is ${isoOf(time).slice(0, 10)}`,
      ),
      ...(this.#never > 0
        ? [
            `${figure(this.#never)} ${this.#never === 1 ? "end" : "ends"} on a day that never comes, such as ${this.#farDay}, ${this.#never === 1 ? "is" : "are"} read as none`,
          ]
        : []),
    ];
  }
}

const isNumber = (text: string): boolean =>
  BARE_NUMBER.test(text) && !COMPACT_DATE.test(text) && !/^\d{14}$/u.test(text);

/** Seconds, milliseconds and so on since 1970 where all the numbers can be that, else another counting that fits all. */
function countingOf(list: readonly string[], days: TimeUnit): { unit: TimeUnit; title: string } | undefined {
  const scale = (["epoch_s", "epoch_ms", "epoch_us", "epoch_ns"] as const).find((unit) =>
    list.every((text) => isBelieved(epochMicros(text, unit), LAST_BELIEVED)),
  );
  if (scale) return { unit: scale, title: `counted since 1970 (${scale.slice(6)})` };
  if (days === "excel_days_1904" && list.every((text) => isBelieved(countedMicros(text, days), LAST_BELIEVED)))
    return { unit: days, title: "days of a spreadsheet (1904 system, as the workbook says)" };
  return believableCounting(
    list.map((text) => Number(text.replace(",", "."))),
    LAST_BELIEVED,
  );
}

/** A date without a clock, in any of the forms that are read. */
function isWholeDay(text: string): boolean {
  if (text.includes(":")) return false;
  if (/^\d{4}[-/.]?\d\d[-/.]?\d\d$|^\d{4}-?\d{3}$|^\d{4}-?w\d\d-?[1-7]$/iu.test(text)) return true;
  if (/^\d\d?([./-])\d\d?\1(?:\d{4}|\d\d)$/u.test(text)) return true;
  // A day and a year around the name of a month.
  return /\p{L}/u.test(text) && text.match(/\d+/gu)?.length === 2;
}

/** The beginning of a day; where clocks leap over midnight, their first reading of that day. */
function midnight(zone: Zone, local: Micros): Micros {
  const time = zone.resolve(local);
  return Number.isNaN(time) ? local - zone.offsetAt(local - DAY) : time;
}

function instantIn(zone: Zone, local: Micros, text: string): Micros | NoTime {
  const time = zone.resolve(local);
  return Number.isNaN(time) ? { why: `does not exist in ${zone.name}, where clocks leap over it: "${text}"` } : time;
}
