import { figure } from "../base/figure.ts";
import type { People } from "./finding.ts";

/** How many, and how well that is known, one basis never for another: `214,906` is exact, anything less certain says so. */
export function peopleText(people: People): string {
  switch (people.basis) {
    case "exact":
      return figure(people.value);
    case "at-least":
      return `at least ${figure(people.value)}`;
    case "at-most":
      return `at most ${figure(people.value)}`;
    case "between":
      return `between ${figure(people.value)} and ${figure(people.at_most)}`;
    case "not-logged":
      return "not logged";
  }
}

/** The same in a sentence, of people or whatever else was measured: `214,906 people, exact`. */
export function measuredText(measured: People, what = "people"): string {
  if (measured.basis === "not-logged") return `a number of ${what} that the logs do not show`;
  const text = `${peopleText(measured)} ${what}`;
  return measured.basis === "exact" ? `${text}, exact` : text;
}
