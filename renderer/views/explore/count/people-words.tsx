import type { ReactNode } from "react";
import type { People } from "../../../../shared/model/finding.ts";
import { peopleWords } from "../../../text/format.ts";

/** How many people, and how sure: `9,114 people, exact`. */
export function PeopleWords({ people }: { people: People }): ReactNode {
  if (people.basis === "not-logged") return <span>people not logged</span>;
  const words = peopleWords(people);
  const at = words.lastIndexOf(" ");
  return (
    <span>
      <strong>{words.slice(0, at)}</strong>
      {words.slice(at)}
      {people.basis === "exact" ? ", exact" : ""}
    </span>
  );
}
