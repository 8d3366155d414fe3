import { DAY } from "../../../shared/base/time.ts";
import { daysOf } from "../time/calendar.ts";
import { statedZone } from "../time/stated-offset.ts";
import { nameKey } from "./synonyms.ts";

/** What columns and members are called that hold the zone of the time beside them, best first. */
const SURE = [
  "timezone",
  "time_zone",
  "tz",
  "utc_offset",
  "utcoffset",
  "gmt_offset",
  "tz_offset",
  "tzoffset",
  "timezone_offset",
  "time_zone_offset",
];
/** They may also hold where a machine stands, or a place in a file. */
const UNSURE = ["zone", "offset"];
const NAMES = [...SURE, ...UNSURE];
/** Whose word a column of a W3C log is: of the exchange, or one that the writer of the log added. */
const W3C_PREFIX = /^(?:x|[csr]|cs|sc|sr|rs)_(?=.)/u;

/** Those of these names that hold the zone of the time beside them, the best first. */
export function zonesNamed(names: Iterable<string>): { name: string; mayBeOther: boolean }[] {
  return [...names]
    .map((name) => ({ name, rank: NAMES.indexOf(nameKey(name).replace(W3C_PREFIX, "")) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ name, rank }) => ({ name, mayBeOther: rank >= SURE.length }));
}

/** Words for a zone that several places have: under a heading with one of them no time can be read without `--timezone`. */
const SEVERAL = new Set(["IST", "BST", "AST", "SST", "CST", "PT", "ET", "CT", "MT"]);
/** Words for a zone of which the date decides, and which of several zones it is nobody knows: `Pacific Time`, `CET/CEST`. */
const OF_SEASONS =
  /^(?:(?:Pacific|Mountain|Central|Eastern|Atlantic|Alaska|Hawaii) Time|[A-Z]{1,3}T\s*\/\s*[A-Z]{1,4}T)$/u;
const IN_BRACKETS = /[[(]\s*([^[\]()]{1,40}?)\s*[\])]\s*$/u;
const BEHIND = /(?:^|[\s_-])([a-z]{3,4})$/iu;
/** A word behind a heading is a zone's only where it can hardly be anything else. */
const WORDS_BEHIND = new Set(
  "utc gmt est edt cst cdt mst mdt pst pdt cet cest mez mesz eet eest msk jst aest aedt nzst nzdt akst akdt".split(" "),
);
/** Any time will do to tell whether a word is a zone. */
const SOME_TIME = daysOf(2020, 7, 1) * DAY;

/** The zone that a heading such as `Time [CEST]`, `Date (UTC+02:00)` or `time_pst` states; units (`Time (ms)`) are none. */
export function zoneInHeading(name: string): string | undefined {
  const word = IN_BRACKETS.exec(name)?.[1];
  if (word === undefined) {
    const behind = BEHIND.exec(name.trim())?.[1]?.toUpperCase();
    return behind !== undefined && WORDS_BEHIND.has(behind.toLowerCase()) ? behind : undefined;
  }
  const stated = statedZone(word, SOME_TIME);
  const isZone = SEVERAL.has(word) || OF_SEASONS.test(word);
  return isZone || (stated !== undefined && stated.unknown === undefined) ? word : undefined;
}
