import { z } from "zod";
import type { StateChanges } from "../model/accountability/changes.ts";
import type { DeveloperJoin } from "../model/registry.ts";
import { by, nothing, request, text } from "./request.ts";

/** What a person decides of the registry: two developers that are one, and what of a contradiction stands. */
export const BY_HAND_REQUESTS = {
  /** Joins a developer to another, by their ids: what counts for the one counts for the other. Gives the join's number. */
  joinDevelopers: request<{ n: number }>().of(z.strictObject({ developer_id: text, into: text, reason: text, by })),
  separateDevelopers: request<{ n: number }>().of(z.strictObject({ n: z.number().int().min(1), reason: text, by })),
  /** What a join would change; nothing is recorded. */
  joinPreview: request<StateChanges>().of(z.strictObject({ developer_id: text, into: text })),
  joinedDevelopers: request<{ joins: DeveloperJoin[] }>().of(nothing),
  /** Says what of a conflict stands: `use`: its row of that number, 0 none; without it all stays as it is. */
  resolveConflict: request<{ n: number }>().of(
    z.strictObject({ conflict: text, use: z.number().int().min(0).optional(), reason: text, by }),
  ),
  reopenConflict: request<{ n: number }>().of(z.strictObject({ n: z.number().int().min(1), reason: text, by })),
  /** What a resolution would change; nothing is recorded. */
  resolvePreview: request<StateChanges>().of(
    z.strictObject({ conflict: text, use: z.number().int().min(0).optional() }),
  ),
} as const;
