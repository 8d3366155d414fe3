import type { Micros } from "../base/time.ts";

/** Who is who: five small tables, applied when events are read. Spans of time are half-open; an absent end is open. */
export interface Developer {
  readonly developer_id: string;
  readonly developer?: string;
  readonly contact?: string;
  readonly country?: string;
}

/** One span of ownership of an app. */
export interface App {
  readonly app: string;
  readonly app_name?: string;
  readonly developer_id?: string;
  readonly status?: string;
  readonly owned_from?: Micros;
  readonly owned_until?: Micros;
}

/** Held in [granted_at, revoked_at). */
export interface Grant {
  readonly app: string;
  readonly permission: string;
  readonly granted_at: Micros;
  readonly revoked_at?: Micros;
}

/** A member's opt-in, in force in [given_at, withdrawn_at). */
export interface Consent {
  readonly subject: string;
  readonly app: string;
  readonly permission: string;
  readonly given_at: Micros;
  readonly withdrawn_at?: Micros;
}

export interface Resource {
  readonly resource: string;
  readonly title?: string;
  readonly people?: number;
  readonly visibility?: string;
}

export interface Registry {
  readonly developers: readonly Developer[];
  readonly apps: readonly App[];
  readonly grants: readonly Grant[];
  readonly consents: readonly Consent[];
  readonly resources: readonly Resource[];
}

export const REGISTRY_KINDS = ["developers", "apps", "grants", "consents", "resources"] as const;
export type RegistryKind = (typeof REGISTRY_KINDS)[number];

/** What `exhibit registry --json` prints. */
export interface RegistryReport extends Record<RegistryKind, number> {
  readonly conflicts: string[];
}
