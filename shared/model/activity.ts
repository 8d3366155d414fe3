import type { HeldGrant } from "./dossier.ts";
import type { People } from "./finding.ts";

/** What one developer did, whatever a policy says of it. Duplicates are left out. */
export interface DeveloperActivity {
  readonly developer_id: string;
  readonly developer: string;
  /** Filter for its calls; empty where it made none. */
  readonly term: string;
  readonly events: number;
  readonly first?: string;
  readonly last?: string;
  /** Apps that it called with, and those that the registry says it owned. */
  readonly apps: readonly string[];
  readonly apis: readonly string[];
  readonly fields: readonly string[];
  /** Calls in each UTC month, from the list's first month on. */
  readonly months: readonly number[];
}

/** Everybody in logs and registry: what the window answers with where no rule says what counts. */
export interface Activity {
  /** Who called most comes first; who never called last. */
  readonly developers: readonly DeveloperActivity[];
  readonly events: number;
  /** Of the first and the last call. */
  readonly first?: string;
  readonly last?: string;
  /** The UTC months that `months` counts. */
  readonly months: readonly string[];
  readonly grants: {
    readonly events: number;
    readonly grants: number;
    readonly developers: number;
    /** Grants that the registry says were revoked. */
    readonly ended: number;
    /** Apps whose grants have all ended, and that called afterwards; `filter` matches those calls. */
    readonly apps_after: number;
    readonly filter: string;
  };
  /** Calls whose fields the log names as asked for, not as returned. */
  readonly requested: number;
}

/** The people of each developer's calls, by its id. Apart from the rest: it takes longer. */
export interface ActivityPeople {
  readonly people: Readonly<Record<string, People>>;
}

/** All that the record says of one developer without any rule. */
export interface DeveloperRecord {
  readonly developer_id: string;
  readonly developer: string;
  readonly contact?: string;
  readonly country?: string;
  readonly term: string;
  readonly events: number;
  readonly first?: string;
  readonly last?: string;
  /** Of any permission. */
  readonly grants: readonly HeldGrant[];
  readonly apps: readonly {
    readonly app: string;
    readonly app_name?: string;
    readonly status?: string;
    readonly owned_from?: string;
    readonly owned_until?: string;
    readonly events: number;
  }[];
  /** Calls a day, from the UTC day `from` on, by how they ended. */
  readonly calls: { readonly from: string } & { readonly [Kind in OutcomeKind]: readonly number[] };
}

export type OutcomeKind = "allowed" | "denied" | "failed" | "unknown";
