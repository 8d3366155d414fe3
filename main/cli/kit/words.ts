import { figure } from "../../../shared/base/figure.ts";
import type { People } from "../../../shared/model/finding.ts";

/** "214,906" is exact; anything less certain says so. */
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
