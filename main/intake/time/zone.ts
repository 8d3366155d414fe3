import { WINDOWS_TO_IANA_MAP } from "windows-iana";
import { Refusal } from "../../../shared/base/errors.ts";
import { type Micros, SECOND } from "../../../shared/base/time.ts";
import { RuntimeZone } from "./runtime-zone.ts";
import { isZoneWord, ZONE_DATA_END, type ZonePeriods, zonePeriods } from "./zone-data.ts";

/** Windows' names of zones, in small letters, and the IANA zone that each stands for in the world (CLDR, territory 001). */
const WINDOWS_ZONES = new Map(
  WINDOWS_TO_IANA_MAP.flatMap(({ windowsName, territory, iana }) =>
    territory === "001" && iana[0] !== undefined ? [[windowsName.toLowerCase(), iana[0]] as const] : [],
  ),
);

const MAX_OFFSET_MINUTES = 18 * 60;

/** The minus of typesetters, which some systems write before an offset. */
const MINUS = /[\u2212\u2010\u2011\u2013]/gu;

/** `+02:00`, `-0330`, `+2`, `GMT+2`, `UTC-05:30:00`, `Z` as microseconds east of Greenwich; undefined if it is no offset. */
export function offsetOf(text: string): number | undefined {
  if (/^(?:z|utc|gmt|ut)$/iu.test(text)) return 0;
  const match = /^(?:utc|gmt|ut)?\s*([+-])(\d\d?)(?::?(\d\d)(?::?(\d\d))?)?$/iu.exec(text.replace(MINUS, "-"));
  if (!match) return undefined;
  const [, sign, hours, minutes = "0", seconds = "0"] = match;
  const east = Number(hours) * 60 + Number(minutes);
  if (east > MAX_OFFSET_MINUTES || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (east * 60 + Number(seconds)) * SECOND || 0;
}

/** Whether a zone's own word for its clocks is meant by another: `pst` by `pt`, `+08` by `sgt`. */
function calls(own: string, word: string): boolean {
  if (own === word) return true;
  if (/^[+-]/u.test(own)) return !isZoneWord(word);
  return /^[a-z]t$/u.test(word) && /^[a-z][sd]t$/u.test(own) && own[0] === word[0];
}

/** A time zone by its IANA name, its Windows name or as a fixed offset: local clock readings to instants, to the microsecond. */
export class Zone {
  readonly name: string;
  /** After `resolve`: the later instant of a local time that occurs twice, else NaN. */
  second: Micros = Number.NaN;
  readonly #fixed: number | undefined;
  readonly #periods: ZonePeriods | undefined;
  /** For times behind the end of the shipped data, and for a zone that only the runtime knows. Made when it is first needed. */
  #runtime: RuntimeZone | undefined;
  /** Local readings from `#from` up to before `#to` occur once, at `#offset`: most times lie in the period of the one before. */
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #offset = 0;

  /** @throws Refusal `timezone-unknown` */
  constructor(name: string) {
    this.#fixed = offsetOf(name);
    this.name = this.#fixed === 0 ? "UTC" : name;
    if (this.#fixed !== undefined) return;
    const iana = name.includes("/") ? name : (WINDOWS_ZONES.get(name.toLowerCase()) ?? name);
    this.#periods = zonePeriods(iana);
    if (this.#periods) this.name = this.#periods.name;
    else {
      try {
        this.#runtime = new RuntimeZone(iana);
        this.name = this.#runtime.name;
      } catch (error) {
        throw new Refusal(
          "timezone-unknown",
          `"${name}" is not a time zone`,
          "give a name such as Europe/Berlin, or an offset such as +02:00",
          { cause: error },
        );
      }
    }
    if (/^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich|GMT[+-]?0)$/u.test(this.name)) this.name = "UTC";
  }

  /** How far local clocks were ahead of UTC at an instant, in microseconds. */
  offsetAt(instant: Micros): number {
    if (this.#fixed !== undefined) return this.#fixed;
    if (!this.#periods || instant >= ZONE_DATA_END) return this.#fromRuntime().offsetAt(instant);
    return this.#periods.offsets[periodAt(this.#periods, instant)] as number;
  }

  /** The instant of a local clock reading: the first of two, with the other in `second`; NaN if it does not exist. */
  resolve(local: Micros): Micros {
    this.second = Number.NaN;
    if (this.#fixed !== undefined) return local - this.#fixed;
    if (local >= this.#from && local < this.#to) return local - this.#offset;
    if (!this.#periods || local >= ZONE_DATA_END) return this.#search(local);
    return this.#searchPeriods(this.#periods, local);
  }

  /**
   * The instant of a local reading while the zone calls its clocks by this word, in small letters; undefined where it does not.
   * A word that the data has for no zone (SGT, PT) is any zone's that has figures for its word, or that such a short word means;
   * and a fixed offset that somebody stated has whatever word stands there.
   */
  resolveAs(local: Micros, word: string): Micros | undefined {
    if (this.#fixed) return local - this.#fixed;
    if (!this.#periods || local >= ZONE_DATA_END) return undefined;
    const { ends, offsets, words } = this.#periods;
    const near = periodAt(this.#periods, local);
    for (let i = Math.max(0, near - 2); i <= Math.min(ends.length - 1, near + 2); i += 1) {
      const instant = local - (offsets[i] as number);
      const begin = i === 0 ? Number.NEGATIVE_INFINITY : (ends[i - 1] as number);
      if (calls(words[i] as string, word) && instant >= begin && instant < (ends[i] as number)) return instant;
    }
    return undefined;
  }

  /** Looks at the periods around a reading: each whose clocks showed it gives an instant. */
  #searchPeriods(periods: ZonePeriods, local: Micros): Micros {
    const { ends, offsets } = periods;
    const near = periodAt(periods, local);
    let found = Number.NaN;
    // No zone is more than a day from Greenwich, and none changes its clocks three times in two days.
    for (let i = Math.max(0, near - 2); i <= Math.min(ends.length - 1, near + 2); i += 1) {
      const offset = offsets[i] as number;
      const instant = local - offset;
      const begin = i === 0 ? Number.NEGATIVE_INFINITY : (ends[i - 1] as number);
      const end = ends[i] as number;
      if (instant < begin || instant >= end) continue;
      if (!Number.isNaN(found)) {
        this.second = instant;
        return found;
      }
      found = instant;
      this.#from = Math.max(begin + offset, i === 0 ? begin : begin + (offsets[i - 1] as number));
      this.#to = Math.min(end + offset, i === ends.length - 1 ? end : end + (offsets[i + 1] as number), ZONE_DATA_END);
      this.#offset = offset;
    }
    return found;
  }

  /** The same by offsets alone: those a day before and a day after are the only ones it can be. */
  #search(local: Micros): Micros {
    const zone = this.#fromRuntime();
    const { first, second } = zone.resolve(local);
    this.second = second;
    return first;
  }

  #fromRuntime(): RuntimeZone {
    this.#runtime ??= new RuntimeZone(this.name);
    return this.#runtime;
  }
}

/** The period that an instant lies in: the first that ends after it. */
function periodAt({ ends }: ZonePeriods, instant: Micros): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
