import { z } from "zod";
import { by, request, row, text } from "./request.ts";

/** What an act is about: all that a filter matches, some of its rows, or events by id. */
const pickedEvents = {
  filter: text,
  events: z.array(row).min(1).max(10_000).optional(),
  rows: z
    .strictObject({
      sort: text.optional(),
      ranges: z
        .array(z.tuple([row, row]))
        .min(1)
        .max(10_000),
      revision: row,
    })
    .optional(),
};

/** What is done to tags and notes. */
export const ANNOTATION_REQUESTS = {
  tag: request<{ filter: string; events: number; tag: string }>().of(
    z.strictObject({ ...pickedEvents, tag: text, remove: z.boolean().optional(), note: text.optional(), by }),
  ),
  note: request<{ filter: string; events: number; note: string }>().of(
    z.strictObject({ ...pickedEvents, note: text, by }),
  ),
  undo: request<{ filter: string; events: number; tag: string }>().of(z.strictObject({ by })),
  redo: request<{ filter: string; events: number; tag: string }>().of(z.strictObject({ by })),
} as const;
