import type { ReactNode } from "react";
import { figure } from "../../shared/base/figure.ts";
import type { People } from "../../shared/model/finding.ts";
import { peopleText } from "../../shared/model/people-text.ts";
import { useSession } from "../session/session.tsx";

import { inertText } from "./inert.tsx";

/** A number that opens the rows it counts: Explore with this filter. Back returns to the same row. */
export function NumberLink({ value, filter, words }: { value: number; filter: string; words?: string }): ReactNode {
  return <FilterLink filter={filter}>{words ?? figure(value)}</FilterLink>;
}

/** The same for people: the calls that list them, the basis always said. */
export function PeopleLink({ value, filter }: { value: People; filter: string }): ReactNode {
  return <FilterLink filter={filter}>{peopleText(value)}</FilterLink>;
}

export function FilterLink({ filter, children }: { filter: string; children: ReactNode }): ReactNode {
  const session = useSession();
  return (
    <button
      type="button"
      className="link"
      title={filter === "" ? "Show the rows: every call" : `Show the rows: ${inertText(filter)}`}
      onClick={() => session.go({ screen: "explore", text: filter, of: undefined })}
    >
      {children}
    </button>
  );
}

/** A developer's name, which leads to its page. Names come from logs. */
export function DeveloperLink({ id, children }: { id: string; children: ReactNode }): ReactNode {
  const session = useSession();
  return (
    <button type="button" className="link" onClick={() => session.go({ screen: "developer", of: id })}>
      {children}
    </button>
  );
}
