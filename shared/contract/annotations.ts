import { z } from "zod";
import type { Undoable } from "../model/undoable.ts";
import { by, nothing, request, row, text } from "./request.ts";

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

/** `unchanged`: no call had, or lacked, the tag, so that nothing is different now. */
interface TagReport {
  readonly filter: string;
  readonly events: number;
  readonly tag: string;
  readonly unchanged?: true;
}

/** What is done to tags and notes. */
export const ANNOTATION_REQUESTS = {
  tag: request<TagReport>().of(
    z.strictObject({ ...pickedEvents, tag: text, remove: z.boolean().optional(), note: text.optional(), by }),
  ),
  note: request<{ filter: string; events: number; note: string }>().of(
    z.strictObject({ ...pickedEvents, note: text, by }),
  ),
  /** `act`: the one that was offered; refused where it is not the last of the case any more. */
  undo: request<TagReport>().of(z.strictObject({ act: row.optional(), by })),
  redo: request<TagReport>().of(z.strictObject({ act: row.optional(), by })),
  undoable: request<Undoable>().of(nothing),
} as const;
