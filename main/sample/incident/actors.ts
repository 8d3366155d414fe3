import { at } from "./calendar.ts";
/** What a developer did with the Groups API after the cutoff; decides which calls are made up for it. */
export type Role =
  | "recent"
  | "obtained"
  | "possible"
  | "attempted"
  | "quiet"
  | "consented"
  | "outside"
  | "exempt"
  | "other";

export interface Developer {
  /** As `exhibit findings` prints it: `D001`, else `name:NAME`, `app:ID` or `unknown`. */
  readonly id: string;
  readonly name: string;
  readonly registered: boolean;
  readonly index: number;
  role: Role;
  readonly apps: App[];
  /** Index of the last month in which it still gets data; -1: never does. */
  lastMonth: number;
}

/** Half-open, µs; Infinity: no end. */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

export interface App {
  readonly id: string;
  readonly name: string;
  readonly home: Home;
  /** Registered owners; none: unregistered. */
  readonly owners: (Interval & { readonly developer: Developer })[];
  /** Whom calls without a registered owner count for. */
  readonly fallback: Developer;
  /** What the log says the developer's name is. */
  readonly logName: string;
  /** Of the rule's permission. */
  readonly grants: Interval[];
  exempt: boolean;
  /** Person → spans of consent; undefined: none at all. */
  consents: Map<number, readonly Interval[]> | undefined;
  /** Indexes of the groups it reads. */
  readonly groups: number[];
  /** First three bytes of its addresses. */
  readonly net: string;
  /** The last one is the client's that tries again. */
  readonly agents: readonly string[];
}

export interface Group {
  readonly id: string;
  /** Members there are. */
  readonly people: number;
  /** The registry knows how many. */
  readonly known: boolean;
  /** Number of the first member; the others follow it. */
  readonly base: number;
}

/** Numbers of people that only scheduled calls list. */
export const RESERVED_PEOPLE = 64;

/** A person's id in logs and registry. */
export const personId = (person: number): string => String(700_000_000 + person * 7);

/** The people of the plot, by number. */
export const PEOPLE = { consenting: 0, wavering: 1, frequent: 2, early: 3, unaffected: 4, possibly: 5 } as const;

/** When the wavering member opted in, and out again. */
export const WAVERING = { given: at("2018-05-01T10:00:00Z"), withdrawn: at("2018-07-15T12:00:00Z") };

export function ownerOf(app: App, time: number): Developer {
  for (const owner of app.owners) if (time >= owner.from && time < owner.until) return owner.developer;
  return app.fallback;
}

export function holdsGrant(app: App, time: number): boolean {
  for (const grant of app.grants) if (time >= grant.from && time < grant.until) return true;
  return false;
}

/** The export a call is written to; the first gateway's has two files. */
export type Home = 1 | 2 | 3 | 4;
