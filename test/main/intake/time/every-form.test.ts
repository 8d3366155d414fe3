import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WINDOWS_TO_IANA_MAP } from "windows-iana";
import { parseTime } from "../../../../main/intake/time/time-reader.ts";
import { isoOf } from "../../../../shared/base/time.ts";

const read = (text: string, zone?: string): string | undefined => {
  const time = parseTime(text, zone);
  return time === undefined ? undefined : isoOf(time);
};

const two = (n: number) => String(n).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");
const SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ");
const DAY = 86_400_000;

/** A clock as somebody reads it, in parts; `micros`: of its second. */
class Clock {
  readonly date: string;
  readonly time: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: string;
  readonly twelve: string;
  readonly offset: number;
  readonly #millis: number;

  constructor(millis: number, offset: number) {
    const local = new Date(millis + offset * 60_000);
    this.#millis = local.getTime();
    this.offset = offset;
    this.date = local.toISOString().slice(0, 10);
    this.time = local.toISOString().slice(11, 19);
    this.year = local.getUTCFullYear();
    this.month = local.getUTCMonth();
    this.day = local.getUTCDate();
    this.weekday = DAYS[local.getUTCDay()] as string;
    const hour = local.getUTCHours();
    this.twelve = `${hour % 12 || 12}:${this.time.slice(3)} ${hour < 12 ? "AM" : "PM"}`;
  }

  /** `+02:00` with whatever stands between. */
  east(between = ":"): string {
    const minutes = Math.abs(this.offset);
    return `${this.offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${between}${two(minutes % 60)}`;
  }
  get month3(): string {
    return MONTHS[this.month] as string;
  }
  get ordinal(): string {
    return String((Date.parse(this.date) - Date.UTC(this.year, 0, 1)) / DAY + 1).padStart(3, "0");
  }
  /** ISO 8601: the week's year is that of its Thursday. */
  get week(): string {
    const weekday = ((new Date(this.#millis).getUTCDay() + 6) % 7) + 1;
    const thursday = new Date(Date.parse(this.date) + (4 - weekday) * DAY);
    const week = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY / 7) + 1;
    return `${thursday.getUTCFullYear()}-W${two(week)}-${weekday}`;
  }
}

/** Forms to the second that say no zone. */
const LOCAL: Readonly<Record<string, (c: Clock) => string>> = {
  ISO: (c) => `${c.date}T${c.time}`,
  "ISO, blank": (c) => `${c.date} ${c.time}`,
  "ISO, comma": (c) => `${c.date},${c.time}`,
  "ISO, basic": (c) => `${c.date.replaceAll("-", "")}T${c.time.replaceAll(":", "")}`,
  "ISO, ordinal": (c) => `${c.year}-${c.ordinal}T${c.time}`,
  "ISO, week": (c) => `${c.week}T${c.time}`,
  Apache: (c) => `${two(c.day)}/${c.month3}/${c.year}:${c.time}`,
  "day first": (c) => `${c.day} ${c.month3} ${c.year} ${c.time}`,
  "twelve hours": (c) => `${c.month3} ${c.day}, ${c.year} ${c.twelve}`,
  "twelve hours, narrow blank": (c) => `${c.month3} ${c.day}, ${c.year}, ${c.twelve.replace(" ", "\u202f")}`,
  Kibana: (c) => `${c.month3} ${c.day}, ${c.year} @ ${c.time}`,
  French: (c) => `${c.day} ${FRENCH[c.month]} ${c.year} à ${c.time}`,
  Spanish: (c) => `${c.day} de ${SPANISH[c.month]} de ${c.year} ${c.time}`,
  Chinese: (c) => `${c.year}年${c.month + 1}月${c.day}日 ${c.time}`,
};

/** Forms that say their zone themselves. */
const STATED: Readonly<Record<string, (c: Clock, seconds: number) => string>> = {
  "epoch, s": (_, seconds) => String(seconds),
  "epoch, ms": (_, seconds) => `${seconds}000`,
  "epoch, µs": (_, seconds) => `${seconds}000000`,
  "epoch, ns": (_, seconds) => `${seconds}000000000`,
  "epoch, fraction": (_, seconds) => `${seconds}.000`,
  ".NET JSON": (_, seconds) => `/Date(${seconds}000)/`,
  ".NET JSON, offset": (c, seconds) => `/Date(${seconds}000${c.east("")})/`,
  JavaScript: (c) =>
    `${c.weekday.slice(0, 3)} ${c.month3} ${two(c.day)} ${c.year} ${c.time} GMT${c.east("")} (Some Time)`,
  Go: (c) => `${c.date} ${c.time} ${c.east("")} ${c.offset === 0 ? "UTC" : "CEST"}`,
  "RFC 5322": (c) => `${c.weekday.slice(0, 3)}, ${c.day} ${c.month3} ${c.year} ${c.time} ${c.east("")}`,
  LDAP: (c) => `${c.date.replaceAll("-", "")}${c.time.replaceAll(":", "")}.0${c.offset === 0 ? "Z" : c.east("")}`,
  Oracle: (c) =>
    `${two(c.day)}-${c.month3.toUpperCase()}-${two(c.year % 100)} ${c.twelve.replace(/^\d:/u, "0$&").replaceAll(":", ".").replace(" ", ".000000 ")} ${c.east()}`,
};

const quarter = fc.integer({ min: -12 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);
const second = (from: number, to: number) =>
  fc.integer({ min: Date.UTC(from, 0, 1) / 1000, max: Date.UTC(to, 0, 1) / 1000 });
const instantOf = (seconds: number) => isoOf(seconds * 1_000_000);

describe("an instant that is written comes back", () => {
  test.each(Object.entries(STATED))("%s", (_, form) => {
    fc.assert(
      fc.property(second(1991, 2036), quarter, (seconds, offset) => {
        const text = form(new Clock(seconds * 1000, offset), seconds);
        expect(read(text, "Asia/Tokyo"), text).toBe(instantOf(seconds));
      }),
      { numRuns: 150 },
    );
  });

  test.each(Object.entries(LOCAL))("%s, with an offset behind it", (_, form) => {
    const ways = fc.constantFrom<(c: Clock) => string>(
      (c) => c.east(),
      (c) => ` ${c.east("")}`,
      (c) => ` UTC${c.east()}`,
      (c) => ` GMT${c.east("").replace("-", "\u2212")}`,
      (c) => ` (GMT${c.east()})`,
    );
    fc.assert(
      fc.property(second(1991, 2036), quarter, ways, (seconds, offset, way) => {
        const clock = new Clock(seconds * 1000, offset);
        const text = form(clock) + way(clock);
        expect(read(text, "Asia/Tokyo"), text).toBe(instantOf(seconds));
      }),
      { numRuns: 150 },
    );
  });

  test("fractions to the microsecond, and finer ones cut", () => {
    const digits = fc.stringMatching(/^[0-9]{1,9}$/u);
    fc.assert(
      fc.property(second(1991, 2036), digits, fc.constantFrom(".", ","), (seconds, fraction, mark) => {
        const iso = new Date(seconds * 1000).toISOString().slice(0, 19);
        const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
        expect(read(`${iso}${mark}${fraction}Z`)).toBe(isoOf(seconds * 1_000_000 + micros));
      }),
      { numRuns: 300 },
    );
  });
});

/** Clocks as the runtime has them, of zones whose clocks were not decided on anew behind its release. */
const NEWER = /Winnipeg|Inuvik|Yellowknife|Havana|Bogota|Rainy_River|Resolute|Rankin_Inlet|Central$/u;
const IANA = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/") && !NEWER.test(zone));
const WINDOWS = WINDOWS_TO_IANA_MAP.flatMap(({ windowsName, territory, iana }) =>
  territory === "001" && /^[A-Z][A-Za-z. ]* Time$/u.test(windowsName) && IANA.includes(iana[0] as string)
    ? [[windowsName, iana[0] as string] as const]
    : [],
);
const offsetAt = (zone: string, millis: number): number => {
  const text = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).format(millis);
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?$/u.exec(text) ?? [];
  return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};
/** A clock that is shown twice is the first of the two, which is at most a day before. */
const firstShown = (zone: string, millis: number): number => {
  const offset = offsetAt(zone, millis);
  const before = offsetAt(zone, millis - DAY);
  const other = millis + (offset - before) * 60_000;
  return before > offset && offsetAt(zone, other) === before ? other : millis;
};

describe("a clock of a zone that stands with it, or is the source's", () => {
  const zones = fc.oneof(
    fc.constantFrom(...IANA).map((zone) => [zone, zone] as const),
    fc.constantFrom(...WINDOWS),
  );
  const ways = fc.constantFrom<(text: string, clock: Clock, name: string) => readonly [string, string?]>(
    (text, _, name) => [`${text} ${name}`],
    (text, _, name) => [`${text} [${name}]`],
    (text, _, name) => [`${text} (${name})`],
    (text, clock, name) => [`${text}${clock.east()}[${name}]`],
    (text, _, name) => [text, name],
  );
  test.each(Object.entries(LOCAL))("%s", (_, form) => {
    fc.assert(
      fc.property(second(2010, 2026), zones, ways, (seconds, [name, iana], way) => {
        const millis = seconds * 1000;
        const clock = new Clock(millis, offsetAt(iana, millis));
        const [text, zone] = way(form(clock), clock, name);
        const isStated = text.includes(`${clock.east()}[`);
        expect(read(text, zone), `${text} ${zone ?? ""}`).toBe(
          instantOf((isStated ? millis : firstShown(iana, millis)) / 1000),
        );
      }),
      { numRuns: 150 },
    );
  });
});
