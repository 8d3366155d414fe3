import type { EventRecord } from "../../shared/model/event.ts";

/** A call as a log has it: `developer` is the log's own word, order in the array is the order of the lines. */
export type Call = Omit<EventRecord, "source" | "line" | "offset" | "length">;

/** The registry with FORMATS' columns; times are ISO texts, an absent end is open. */
export interface RegistryRows {
  developers: { developer_id: string; developer?: string }[];
  apps: { app: string; app_name?: string; developer_id?: string; owned_from?: string; owned_until?: string }[];
  grants: { app: string; permission: string; granted_at: string; revoked_at?: string }[];
  consents: { subject: string; app: string; permission: string; given_at: string; withdrawn_at?: string }[];
  resources: { resource: string; title?: string; people?: number }[];
  /** Joined by hand: what counts for the first counts for the second, which is joined to none. */
  joined?: { developer_id: string; into: string }[];
}

export interface Rule {
  id: string;
  title: string;
  effective_from: string;
  grace_days: number;
  applies_to: { api?: string[]; operations?: string[]; caller?: ("app" | "user" | "service")[]; filter?: string };
  restricted_fields?: string[];
  permission: string;
  exempt_apps?: string[];
  consent_permission?: string;
}

export interface Policy {
  schema: "exhibit/policy@1";
  title: string;
  as_of?: string;
  recent_days: number;
  rules: Rule[];
}

export interface Claim {
  id: string;
  text: string;
  rule?: string;
  measure?: "developers" | "apps" | "events" | "people" | "bytes" | "resources";
  level?: string;
  recent?: boolean;
  filter?: string;
  is?: ">=" | ">" | "=" | "<" | "<=";
  value?: number;
}

export interface Input {
  events: Call[];
  registry: RegistryRows;
  policy: Policy;
}

export type People =
  | { value: number; basis: "exact" | "at-least" | "at-most" }
  | { value: number; at_most: number; basis: "between" }
  | { value: null; basis: "not-logged" };
