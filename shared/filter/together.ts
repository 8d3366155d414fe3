import { parse } from "./parse.ts";
import { namesDuplicate, resolve } from "./resolve.ts";

// The texts of two filters as one. A filter that does not name `duplicate` leaves duplicates out; where the other names it, that
// has to be written out. Both throw Refusal where a text does not parse.

/** What both filters match. */
export function both(a: string, b: string): string {
  return [alone(a, b), alone(b, a)].filter((text) => text !== "").join(" ");
}

/** What the first filter matches and the second does not; undefined where that can be nothing. */
export function without(a: string, b: string): string | undefined {
  const other = alone(b, a);
  if (other === "") return undefined;
  return `${alone(a, b)} not ${other}`.trim();
}

/** A filter in parentheses, saying of duplicates what it says alone; empty for every call. */
function alone(text: string, other: string): string {
  const isEvery = text.trim() === "";
  if (namesIt(text) || !namesIt(other)) return isEvery ? "" : `(${text})`;
  return isEvery ? "(-duplicate:yes)" : `((${text}) -duplicate:yes)`;
}

/** The times that words stand for do not matter here. */
const namesIt = (text: string): boolean => namesDuplicate(resolve(parse(text), { cutoff: 0, asOf: 0 }));
