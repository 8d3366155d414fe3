import { LRUCache } from "lru-cache";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Micros } from "../../../shared/base/time.ts";
import { offsetOf, Zone } from "./zone.ts";
import { isZoneWord } from "./zone-data.ts";

/** Words that name one zone: those of RFC 5322 (section 4.3), and those of Europe, Russia, Japan, Australia, New Zealand, Hawaii and Alaska. */
const ZONE_WORDS: Readonly<Record<string, string>> = {
  z: "+0000",
  ut: "+0000",
  utc: "+0000",
  gmt: "+0000",
  est: "-0500",
  edt: "-0400",
  cdt: "-0500",
  mst: "-0700",
  mdt: "-0600",
  pst: "-0800",
  pdt: "-0700",
  wet: "+0000",
  west: "+0100",
  cet: "+0100",
  cest: "+0200",
  mez: "+0100",
  mesz: "+0200",
  eet: "+0200",
  eest: "+0300",
  msk: "+0300",
  jst: "+0900",
  aest: "+1000",
  aedt: "+1100",
  nzst: "+1200",
  nzdt: "+1300",
  hst: "-1000",
  akst: "-0900",
  akdt: "-0800",
};

/**
 * CST is Central Standard Time in a date of RFC 5322, which defines it so. Elsewhere it is as often China's. BST is British
 * Summer Time on a date on which London has that; on any other it is no time of London's.
 */
const RFC_5322_CST = "-0600";
const BRITISH_SUMMER = { word: "bst", zone: "Europe/London" } as const;

const MAX_ZONES = 1_000;
const zones = new LRUCache<string, { readonly zone: Zone | undefined }>({ max: MAX_ZONES });

/** A zone by the name in a time, such as Europe/Berlin. The log controls the name, so the cache is bounded. */
function zoneNamed(name: string): Zone | undefined {
  let known = zones.get(name);
  if (!known) {
    let zone: Zone | undefined;
    try {
      zone = new Zone(name);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    known = { zone };
    zones.set(name, known);
  }
  return known.zone;
}

/** `+02:00`, `GMT-0400`; behind it a word or a name in brackets may say the same again, or Go's monotonic clock. */
const OFFSET =
  /^((?:utc|gmt|ut)?\s*[+-]\d\d?(?::?\d\d(?::?\d\d)?)?)(?:\s*(?:[[(][^[\]()]*[\])]|[a-z]{1,5}))?(?:\s+m=[+-]\d+\.\d+)?$/iu;
const BRACKETS = /^[[(]\s*([^[\]()]*?)\s*[\])]$/u;
/** A word behind a time that is a zone's and not the beginning of a message. */
const ZONE_LIKE = /^(?:[A-Z]{2,5}|[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*)* Time)$/u;

/** Words that people write for zones, and that the IANA data has given up for figures, or never had. */
const GIVEN_UP = new Set(
  "sgt myt pht ict mmt npt bdt irst irdt gst trt brt brst art clt clst cot pet vet ect bot uyt pyt pyst gft azt uzt almt yekt novt omst krat irkt yakt vlat magt pett samt pt et ct mt nt kdt nzt".split(
    " ",
  ),
);

/** The words of a zone's winter and summer: `CET/CEST`. */
const TWO_WORDS = /^[a-z]{1,3}t\s*\/\s*[a-z]{1,4}t$/iu;

/** Whether a word behind a time is some zone's, though it may not say which one's. */
export const isWrittenForZones = (word: string): boolean =>
  TWO_WORDS.test(word) || isZoneWord(word.toLowerCase()) || GIVEN_UP.has(word.toLowerCase()) || / time$/iu.test(word);

export interface StatedZone {
  /** Microseconds east of Greenwich at the local reading; NaN: none is stated. */
  readonly offset: number;
  /** A zone that is stated, and that nothing says which it is. Then the time is none. */
  readonly unknown?: string;
}

const NONE: StatedZone = { offset: Number.NaN };

/**
 * The zone that stands behind a time, at its local reading. A word that several zones have is taken where the source's own
 * zone calls its time so. Undefined: what stands there is no zone, or the zone has no such local time.
 * @param isRfc5322 the date is written as RFC 5322 has it, which defines a few words more
 */
export function statedZone(
  text: string | undefined,
  local: Micros,
  source?: Zone,
  isRfc5322 = false,
): StatedZone | undefined {
  const written = text?.trim() ?? "";
  if (written === "") return NONE;
  const offset = OFFSET.exec(written)?.[1] ?? written;
  const word = BRACKETS.exec(offset)?.[1] ?? offset;
  const key = word.toLowerCase();
  const fixed = offsetOf(isRfc5322 && key === "cst" ? RFC_5322_CST : (ZONE_WORDS[key] ?? word));
  if (fixed !== undefined) return { offset: fixed };
  const isName = word.includes("/") || / time$/iu.test(word);
  const named = isName ? zoneNamed(word)?.resolve(local) : offsetOfWord(key, local, source);
  if (named !== undefined && !Number.isNaN(named)) return { offset: local - named };
  return ZONE_LIKE.test(word) ? { offset: Number.NaN, unknown: word } : undefined;
}

/** The instant of a local reading at which a zone calls its time by this word. */
function offsetOfWord(word: string, local: Micros, source: Zone | undefined): Micros | undefined {
  const own = source?.resolveAs(local, word);
  if (own !== undefined) return own;
  return word === BRITISH_SUMMER.word ? zoneNamed(BRITISH_SUMMER.zone)?.resolveAs(local, word) : undefined;
}
