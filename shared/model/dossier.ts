import type { DeveloperFinding, Disposition } from "./finding.ts";

/** Calls by what a rule says of them; `other`: outside the rule, or counted nowhere. Duplicates are left out. */
export interface CallCounts {
  got: number;
  may: number;
  tried: number;
  other: number;
}

/** A grant of the rule's permission, as far as one developer owned the app. */
export interface HeldGrant {
  developer_id: string;
  developer: string;
  app: string;
  app_name?: string;
  permission: string;
  /** Absent: since ever. */
  from?: string;
  /** Not included; absent: not revoked, and the app not given away. */
  until?: string;
}

/** All that the record says of one developer under one rule: what its page is drawn from. */
export interface Dossier {
  rule: string;
  developer_id: string;
  developer: string;
  contact?: string;
  country?: string;
  /** Filter term for the developer's calls. */
  term: string;
  cutoff: string;
  /** Absent where neither the policy nor a call gives one. */
  as_of?: string;
  recent_from?: string;
  /** Absent: the rule says nothing of this developer. */
  finding?: DeveloperFinding;
  grants: HeldGrant[];
  apps: ({ app: string; app_name?: string; status?: string; owned_from?: string; owned_until?: string } & CallCounts)[];
  /** Of all its calls. */
  first?: string;
  last?: string;
  /** Calls a day, from the UTC day `from` on: as many numbers of each kind as there are days to the last call. */
  calls: { from: string } & { [Kind in keyof CallCounts]: number[] };
  /** Restricted fields got, and by how many calls. */
  fields: { field: string; events: number }[];
  /** Calls that got data, by what they say of people: ids; only how many; neither. */
  listing: { listed: number; counted: number; silent: number };
  /** Calls that got or may have got data while no grant was held any more. */
  after_revocation: { filter: string; events: number };
  /** Oldest first. */
  decisions: { disposition: Disposition; reason: string; at: string; by: string }[];
}
