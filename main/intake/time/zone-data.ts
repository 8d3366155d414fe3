import { createRequire } from "node:module";
import { type Micros, SECOND } from "../../../shared/base/time.ts";

/**
 * The IANA data that Exhibit ships, because the runtime's own is older than some governments' last decisions: from
 * moment-timezone, in its packed form (momentjs.com/timezone/docs, "Packed data format"). It ends with the year 2037.
 */

interface PackedZones {
  readonly version: string;
  /** `name|words|offsets|periods|ends|population`. */
  readonly zones: readonly string[];
  /** `target|name`. */
  readonly links: readonly string[];
}

// Not an import: the bundler that builds the window's program drops the attribute that Node wants for JSON.
const require = createRequire(import.meta.url);
const data = require("moment-timezone/data/packed/latest.json") as PackedZones;

/** Which release of the IANA data local times are read by, such as `2026f`. */
export const ZONE_DATA_RELEASE = data.version;

/** From here on the packed data knows no more changes of clocks. */
export const ZONE_DATA_END: Micros = Date.UTC(2037, 0, 1) * 1000;

/** A zone's history. Period i has one offset, and ends before the instant `ends[i]`; the last one does not end. */
export interface ZonePeriods {
  readonly name: string;
  /** Microseconds since 1970, ascending. */
  readonly ends: Float64Array;
  /** How far clocks are ahead of UTC, in microseconds. */
  readonly offsets: Float64Array;
  /** What the clocks of a period are called, in small letters: `cest`, `+0530`. */
  readonly words: readonly string[];
}

const FIGURES = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX";
const MINUTE = 60 * SECOND;

/** Numbers to the base of 60, of minutes: `1o10`, `-3kLtv.o`. */
function minutesOf(text: string): number {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  let minutes = 0;
  for (const figure of whole) minutes = minutes * 60 + FIGURES.indexOf(figure);
  let unit = 1;
  for (const figure of fraction) {
    unit /= 60;
    minutes += FIGURES.indexOf(figure) * unit;
  }
  return text.startsWith("-") ? -minutes : minutes;
}

const inMicros = (minutes: number): number => Math.round(minutes * 60) * SECOND || 0;

/** By their names in small letters: packed zones, and what else they are called. */
const packed = new Map(data.zones.map((zone) => [zone.slice(0, zone.indexOf("|")).toLowerCase(), zone]));
const links = new Map(
  data.links.map((link) => {
    const [target = "", name = ""] = link.split("|");
    return [name.toLowerCase(), { name, target: target.toLowerCase() }];
  }),
);

let everyWord: ReadonlySet<string> | undefined;

/** Whether some zone has ever called its clocks by this word, in small letters. */
export function isZoneWord(word: string): boolean {
  everyWord ??= new Set(data.zones.flatMap((zone) => (zone.split("|")[1] as string).toLowerCase().split(" ")));
  return everyWord.has(word);
}

/** A zone by its IANA name in any case, with the name as IANA spells it; undefined where the data has none of that name. */
export function zonePeriods(named: string): ZonePeriods | undefined {
  const key = named.toLowerCase();
  const link = links.get(key);
  const zone = packed.get(link?.target ?? key);
  if (zone === undefined) return undefined;
  const [own = "", words = "", offsets = "", periods = "", ends = ""] = zone.split("|");
  // The packed offsets are how far UTC is ahead of the clocks.
  const kinds = offsets.split(" ").map((offset) => -inMicros(minutesOf(offset)) || 0);
  let end = 0;
  const lasts = ends.split(" ").map((text) => {
    end += minutesOf(text);
    return Math.round(end) * MINUTE === end * MINUTE ? end * MINUTE : inMicros(end);
  });
  const wordOf = words.toLowerCase().split(" ");
  const order = Array.from(periods, (figure) => FIGURES.indexOf(figure));
  return {
    name: link?.name ?? own,
    ends: Float64Array.from(order, (_, index) => (index < order.length - 1 ? (lasts[index] as number) : Infinity)),
    offsets: Float64Array.from(order, (kind) => kinds[kind] as number),
    words: order.map((kind) => wordOf[kind] as string),
  };
}
