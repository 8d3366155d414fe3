import { z } from "zod";
import { STACK_ORDERS, type Stack } from "../model/accountability/stack.ts";
import type { EventRecord } from "../model/event.ts";
import {
  type CallDetail,
  type CallRow,
  type ExploreReply,
  type FacetValues,
  type OverviewReply,
  type SavedFilter,
  STACKS,
} from "../model/explore.ts";
import { EXPORT_FORMATS } from "../model/export-format.ts";
import { file } from "./chosen.ts";
import { by, nothing, request, row, text } from "./request.ts";

const micros = z.number();

export interface QueryReply {
  filter: string;
  count: number;
  events?: Partial<EventRecord>[];
  facets?: Record<string, { value?: string; count: number }[]>;
  histogram?: { from: string; to: string; count: number }[];
}

/** How calls are stacked: by which fields, in which order, with which further numbers, against which others. */
const STACKED = {
  filter: text,
  fields: z.array(text),
  order: z.enum(STACK_ORDERS).optional(),
  sum: z.enum(["bytes", "duration_ms"]).optional(),
  distinct: text.optional(),
  people: z.boolean().optional(),
  against: text.optional(),
};

/** What is asked of the calls that a filter matches: their number, rows, values and bars, one call, the saved filters. */
export const EXPLORE_REQUESTS = {
  query: request<QueryReply>().of(
    z.strictObject({
      filter: text,
      rows: z
        .strictObject({
          offset: z.number().int().min(0),
          limit: z.number().int().min(0).optional(),
          sort: text.optional(),
          columns: z.array(text).optional(),
        })
        .optional(),
      facets: z.array(text).optional(),
      histogram: z.number().int().min(1).max(10_000).optional(),
    }),
  ),
  /** Number and first rows of one filter, which the window changes in one frame. */
  explore: request<ExploreReply>().of(
    z.strictObject({ filter: text, sort: text.optional(), offset: row, limit: row.max(1000) }),
  ),
  /** Facets, bars and people of one filter, in slices: another filter's number need not wait for them. */
  overview: request<OverviewReply>().of(
    z.strictObject({
      filter: text,
      /** Field → how many values. */
      facets: z.record(text, row.max(1000)),
      within: z.boolean().optional(),
      bars: z.number().int().min(1).max(1000),
      stack: z.enum(STACKS),
      span: z.strictObject({ from: micros, to: micros }).optional(),
    }),
  ),
  rows: request<{ rows: CallRow[]; revision: number }>().of(
    z.strictObject({ filter: text, sort: text.optional(), offset: row, limit: row.max(1000) }),
  ),
  values: request<FacetValues>().of(
    z.strictObject({ filter: text, field: text, contains: text, limit: row.max(1000), within: z.boolean().optional() }),
  ),
  /** Which row an event, a time in µs, or the next tagged call is. */
  seek: request<{ row?: number }>().of(
    z.strictObject({
      filter: text,
      sort: text.optional(),
      event: row.optional(),
      time: micros.optional(),
      tagged: z.strictObject({ row: z.number().int(), way: z.union([z.literal(1), z.literal(-1)]) }).optional(),
    }),
  ),
  /** `more`: how many characters of its line. */
  call: request<CallDetail>().of(z.strictObject({ event: row, more: row.max(10_000_000).optional() })),
  savedFilters: request<{ filters: SavedFilter[] }>().of(nothing),
  saveFilter: request<{ filters: SavedFilter[] }>().of(
    z.strictObject({ name: text, filter: text, sort: text.optional(), columns: z.array(text).optional(), by }),
  ),
  forgetFilter: request<{ filters: SavedFilter[] }>().of(z.strictObject({ name: text, by })),
  /** The calls of a filter by the values of one field or two. */
  stack: request<Stack>().of(z.strictObject(STACKED)),
  stackFile: request<{ file: string; values: number; bytes: number; sha256: string }>().of(
    z.strictObject({ ...STACKED, file: file("save"), format: z.enum(["csv", "xlsx"]), by }),
  ),
  export: request<{ file: string; events: number; bytes: number; sha256: string }>().of(
    z.strictObject({
      filter: text,
      file: file("save"),
      format: z.enum(EXPORT_FORMATS),
      columns: z.array(text).optional(),
      sort: text.optional(),
      limit: z.number().int().min(0).optional(),
      by,
    }),
  ),
} as const;
