import type { DeveloperFinding } from "../../../shared/model/finding.ts";

/** Which developers a number on Answer counts; the list has as many rows as the number says. */
export type ListName =
  | "all"
  | "kept"
  | "got"
  | "may"
  | "tried"
  | "recent"
  | "quiet"
  | "again"
  | "unseen"
  | "holding"
  | "inexact"
  | `field:${string}`;

export interface DeveloperList {
  readonly name: ListName;
  /** `Got data in the last 60 days`. */
  readonly title: string;
  passes(row: DeveloperFinding): boolean;
}

/** What the lists of revoked developers rest on. */
export interface Span {
  readonly recentDays: number;
  /** The last call of the rule's APIs before as-of: what was revoked at or after it nobody can have watched. */
  readonly loggedUntil: string | undefined;
}

const got = (row: DeveloperFinding) => row.obtained.events > 0;
const again = (row: DeveloperFinding) => row.allowed_after_revocation > 0;
const isQuiet = (row: DeveloperFinding) => row.entitled && row.revoked_at !== undefined && !again(row);

/**
 * The lists of a rule, in the order of the choice; one more for each field that somebody got. Who kept access is in exactly one of the last
 * four.
 */
export function developerLists(rows: readonly DeveloperFinding[], { recentDays, loggedUntil }: Span): DeveloperList[] {
  const isWatched = (row: DeveloperFinding) =>
    loggedUntil !== undefined && row.revoked_at !== undefined && Date.parse(row.revoked_at) < Date.parse(loggedUntil);
  const fields = [...new Set(rows.flatMap((row) => row.obtained.fields))].sort();
  return [
    { name: "all", title: "All with a finding", passes: () => true },
    { name: "kept", title: "Kept access", passes: (row) => row.entitled },
    { name: "got", title: "Got data", passes: got },
    { name: "may", title: "May have got data, no more", passes: (row) => row.level === "possible" },
    { name: "tried", title: "Tried, got nothing", passes: (row) => row.level === "attempted" },
    { name: "recent", title: `Got or may have got data in the last ${recentDays} days`, passes: (row) => row.recent },
    ...fields.map(
      (field): DeveloperList => ({
        name: `field:${field}`,
        title: `Got ${field}`,
        passes: (row) => row.obtained.fields.includes(field),
      }),
    ),
    {
      name: "inexact",
      title: "Got data, not all people listed",
      passes: (row) => got(row) && row.obtained.people.basis !== "exact",
    },
    { name: "again", title: "Called again after revocation", passes: again },
    { name: "quiet", title: "Quiet since revoked", passes: (row) => isQuiet(row) && isWatched(row) },
    { name: "unseen", title: "Revoked, no logs since", passes: (row) => isQuiet(row) && !isWatched(row) },
    {
      name: "holding",
      title: "Still held at as-of",
      passes: (row) => row.entitled && row.revoked_at === undefined && !again(row),
    },
  ];
}

/** A place's `of` on Developers: the list, and what stands in the box. */
export function ofList(name: string, text = ""): string {
  return text === "" ? name : `${name}\n${text}`;
}

export function listOf(of: string | undefined): { readonly name: string; readonly text: string } {
  const [name = "", ...text] = (of ?? "all").split("\n");
  return { name: name === "" ? "all" : name, text: text.join("\n") };
}
