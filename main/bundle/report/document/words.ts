import { figure } from "../../../../shared/base/figure.ts";
import type { People } from "../../../../shared/model/finding.ts";
import { measuredText, peopleText } from "../../../../shared/model/people-text.ts";
import type { Inline, Origin } from "./tree.ts";

export const utc = (time: string): string => time.replace("T", " ").replace("Z", " UTC");
export const day = (time: string): string => time.slice(0, 10);

/** A number with what it comes from. */
export const counted = (count: number, from: Origin): Inline => ({ figure: figure(count), from });

/** People with their basis: never a bound for a number. */
export const people = (found: People, from: Origin): Inline => ({ figure: measuredText(found), from });
export const peopleCell = (found: People): string => peopleText(found);

/** `1 developer`, `12 developers`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${figure(count)} ${count === 1 ? one : many}`;

/** At most so many names, and how many more there are. */
export function someNames(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join("; ");
  return `${names.slice(0, most).join("; ")}; and ${figure(names.length - most)} more`;
}
