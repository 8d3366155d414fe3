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

/** Letters that a list of names may take: a third of a page. */
const MAX_LETTERS = 900;
const MAX_NAME = 60;

/** A name as it stands in a list. Tables have it whole. */
export const shortName = (name: string): string => {
  const letters = Array.from(name);
  return letters.length <= MAX_NAME ? name : `${letters.slice(0, MAX_NAME - 2).join("")}..`;
};

/** At most so many names, fewer where they are long, and how many more there are. */
export function someNames(names: readonly string[], most: number): string {
  let letters = 0;
  const shown = names.slice(0, most).filter((name, at) => {
    letters += name.length + 2;
    return at === 0 || letters <= MAX_LETTERS;
  });
  const left = names.length - shown.length;
  return left === 0 ? shown.join("; ") : `${shown.join("; ")}; and ${figure(left)} more`;
}
