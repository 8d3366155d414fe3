/** What a number in a cell is by its format: a day, a day with a clock, or a number. */
export type Meaning = "day" | "time" | "number";

/** Formats that are known by number alone (ECMA-376 part 1, 18.8.30), with those of Asian systems. */
const isDayId = (id: number) => (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58) || id === 36;
const isClockId = (id: number) => (id >= 18 && id <= 22) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47);

/** A format by its number and its code, such as `dd/mm/yyyy hh:mm`. */
export function meaningOf(id: number, code: string | undefined): Meaning {
  if (code === undefined) return isDayId(id) ? "day" : isClockId(id) ? "time" : "number";
  // Quoted and escaped characters, fill characters, colours, locales and conditions say nothing about it.
  const bare = code
    .split(";", 1)
    .join("")
    .replace(/"[^"]*"|\\.|_.|\*./gu, "")
    .replace(/\[(?:h+|m+|s+)\]/giu, (counted) => counted.slice(1, -1))
    .replace(/\[[^\]]*\]/gu, "")
    .replace(/general|am\/pm|a\/p/giu, "");
  if (!/[dymhse]/iu.test(bare) || /[0#?]/u.test(bare.replace(/s\.?0+/giu, "s"))) return "number";
  return /[hs]/iu.test(bare) ? "time" : "day";
}
