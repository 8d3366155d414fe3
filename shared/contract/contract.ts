import { z } from "zod";
import type { RefusalData } from "../base/errors.ts";
import type { AnswerDetail } from "../model/answer.ts";
import type { Claim } from "../model/claims.ts";
import type { SourceClock } from "../model/clocks.ts";
import type { Dossier, HeldGrant } from "../model/dossier.ts";
import type { Estimate } from "../model/estimate.ts";
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
import type { ClaimResult, Coverage, Disposition, Findings, People, SubjectReport } from "../model/finding.ts";
import type { CoverageLanes } from "../model/lanes.ts";
import type { Ledger } from "../model/ledger.ts";
import type { Policy } from "../model/policy.ts";
import { REGISTRY_KINDS, type RegistryKind, type RegistryReport } from "../model/registry.ts";
import type { LeftOut, RemapReport, SourceReport, SourceState, WithdrawReport } from "../model/source.ts";

/**
 * The only door between whoever asks (window, command line) and the engine of a case: each request with the schema of its
 * input and the type of its answer. Preload, client, engine and command line take their types from here.
 */

const text = z.string().max(1_000_000);
const file = z.string().min(1).max(32_768);
const by = z.string().max(500).optional();
const nothing = z.strictObject({});

interface Request<Input extends z.ZodType, Reply> {
  readonly input: Input;
  /** Only a type: nothing is ever stored here. */
  readonly reply?: Reply;
}

const request = <Reply>() => ({ of: <Input extends z.ZodType>(input: Input): Request<Input, Reply> => ({ input }) });

/** What an act is about: all that a filter matches, some of its rows, or events by id. */
const row = z.number().int().min(0);
const picked = {
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
const micros = z.number();

export interface CaseInfo {
  case: string;
  title: string;
  examiner: string;
  created: string;
  sources: number;
  events: number;
  unfinished: string[];
  read_only: boolean;
  custody_head: string;
}

export interface QueryReply {
  filter: string;
  count?: number;
  events?: Partial<EventRecord>[];
  facets?: Record<string, { value?: string; count: number }[]>;
  histogram?: { from: string; to: string; count: number }[];
}

export interface ImportReply {
  sources: SourceReport[];
  /** What an examiner should know of how a file was read, a sentence each: what was decided, by what. */
  notes: { file: string; note: string }[];
  failures: RefusalData[];
  /** Files in archives and folders that did not become sources. */
  left_out: LeftOut[];
}

export interface Progress {
  readonly what: string;
  /** Bytes, lines or files, as `unit` says. */
  readonly done: number;
  readonly total?: number;
  readonly unit: "bytes" | "records" | "files";
  readonly records?: number;
  readonly per_second?: number;
  readonly seconds_left?: number;
}

export interface CustodyRow {
  seq: number;
  at: string;
  by: string;
  act: string;
  detail: Record<string, unknown>;
  previous: string;
}

export const CONTRACT = {
  info: request<CaseInfo>().of(nothing),
  import: request<ImportReply>().of(
    z.strictObject({
      files: z.array(file).min(1),
      format: text.optional(),
      mapping: z.unknown().optional(),
      timezone: text.optional(),
      resume: z.boolean().optional(),
      /** The files stay where they are, and are the evidence: hashed and watched, not copied. */
      by_reference: z.boolean().optional(),
      by,
    }),
  ),
  /**
   * What an import of these files will take, against what is free on the case's disk: the beginnings of the largest are read
   * into a throw-away case, which takes about a second each. Imports nothing and refuses nothing: the window asks before it
   * begins what does not fit, the command line refuses it.
   */
  estimate: request<Estimate>().of(
    z.strictObject({
      files: z.array(file).min(1),
      format: text.optional(),
      mapping: z.unknown().optional(),
      timezone: text.optional(),
      by_reference: z.boolean().optional(),
    }),
  ),
  /** Every complete source, the withdrawn ones too, as the case has them now. */
  sources: request<{ sources: SourceState[] }>().of(nothing),
  /** Where every physical line of every source went, with the sums, and why records were rejected. */
  ledger: request<Ledger>().of(nothing),
  /**
   * Takes a source out of every count; nothing of it is thrown away. Records that later sources share with it count there
   * from now on. Refused: `source-missing`, `source-withdrawn`, `reason-missing`, `import-unfinished`.
   */
  withdraw: request<WithdrawReport>().of(z.strictObject({ source: row, reason: text, by })),
  /**
   * Reads a source again from evidence and replaces its events in one go; until then the old ones stand. `mapping`: a document
   * instead of the one in force; `format` alone: that format's own mapping; neither: the mapping in force, with another
   * `timezone` or `encoding`. Tags and notes stay where the same record is still an event. Long, tells progress, can be
   * stopped (nothing has changed then). Refused as an import is, and `source-missing`, `import-unfinished`.
   */
  remap: request<RemapReport>().of(
    z.strictObject({
      source: row,
      mapping: z.unknown().optional(),
      format: text.optional(),
      timezone: text.optional(),
      encoding: text.optional(),
      by,
    }),
  ),
  /** Counts a withdrawn source again. Refused as `withdraw`. */
  restore: request<WithdrawReport>().of(z.strictObject({ source: row, reason: text, by })),
  /** A page of a source's rejected records, in the order of the file. `text`: the record as it stands in the original, its beginning if it is long. */
  rejects: request<{ total: number; rejects: { line: number; lines: number; reason: string; text: string }[] }>().of(
    z.strictObject({
      source: z.number().int().min(0),
      offset: z.number().int().min(0),
      limit: z.number().int().min(0).max(1000),
    }),
  ),
  registry: request<RegistryReport>().of(
    z.strictObject({ files: z.array(file).min(1), kind: z.enum(REGISTRY_KINDS).optional(), by }),
  ),
  /** How many rows of each kind the registry has, and the files they came from. */
  registryInForce: request<{
    counts: Record<RegistryKind, number>;
    files: { name: string; kind: RegistryKind; rows: number; at: string }[];
  }>().of(nothing),
  query: request<QueryReply>().of(
    z.strictObject({
      filter: text,
      count: z.boolean().optional(),
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
  export: request<{ file: string; events: number; bytes: number; sha256: string }>().of(
    z.strictObject({
      filter: text,
      file,
      format: z.enum(["csv", "jsonl"]),
      columns: z.array(text).optional(),
      sort: text.optional(),
      limit: z.number().int().min(0).optional(),
      by,
    }),
  ),
  tag: request<{ filter: string; events: number; tag: string }>().of(
    z.strictObject({ ...picked, tag: text, remove: z.boolean().optional(), note: text.optional(), by }),
  ),
  note: request<{ filter: string; events: number; note: string }>().of(z.strictObject({ ...picked, note: text, by })),
  undo: request<{ filter: string; events: number; tag: string }>().of(z.strictObject({ by })),
  redo: request<{ filter: string; events: number; tag: string }>().of(z.strictObject({ by })),
  policy: request<{ rules: string[]; warnings: string[] }>().of(z.strictObject({ file, by })),
  policyInForce: request<{ policy?: Policy }>().of(nothing),
  findings: request<Findings>().of(z.strictObject({ rule: text.optional(), developer: text.optional() })),
  /** Calls in scope that count nowhere, by rule: failed, or nothing says how they ended. */
  apart: request<{ rule: string; failed: number; unknown: number }[]>().of(nothing),
  finding: request<{ rule: string; developer_id: string; status: Disposition; reason: string }[]>().of(
    z.strictObject({
      developer: text,
      disposition: z.enum(["confirmed", "dismissed", "disputed", "open"]),
      reason: text,
      rule: text.optional(),
      by,
    }),
  ),
  claims: request<{ claims: ClaimResult[] }>().of(z.strictObject({ file: file.optional(), by })),
  people: request<{ filter: string; people: People }>().of(z.strictObject({ filter: text })),
  peopleList: request<{ filter: string; people: People; file: string; listed: number }>().of(
    z.strictObject({ filter: text, file, by }),
  ),
  subject: request<SubjectReport>().of(z.strictObject({ filter: text, subject: text })),
  /** A page of the ids that a filter's calls list, sorted. */
  peopleIds: request<{ filter: string; people: People; listed: number; offset: number; ids: string[] }>().of(
    z.strictObject({ filter: text, offset: z.number().int().min(0), limit: z.number().int().min(0).max(10_000) }),
  ),
  coverage: request<{ coverage: Coverage[] }>().of(nothing),
  coverageLanes: request<CoverageLanes>().of(nothing),
  /** How far each counted source's records follow their own times: which way the file runs, its usual disorder, clock jumps. */
  clocks: request<{ clocks: SourceClock[] }>().of(nothing),
  /** What the five answers need beside the findings. Without a rule: the policy's first. */
  answer: request<AnswerDetail>().of(z.strictObject({ rule: text.optional() })),
  grants: request<{ grants: HeldGrant[] }>().of(z.strictObject({ rule: text.optional() })),
  developer: request<Dossier>().of(z.strictObject({ developer_id: text, rule: text.optional() })),
  claimsInForce: request<{ claims?: Claim[] }>().of(nothing),
  bundle: request<BundleReply>().of(
    z.strictObject({
      out: file,
      filter: text.optional(),
      originals: z.boolean().optional(),
      key: file.optional(),
      passphrase: text.optional(),
      at: text.optional(),
      by,
    }),
  ),
  /** What a bundle would hold, without making it. `originals`: all that the case keeps. */
  bundleChoice: request<{
    events: number;
    left_out: number;
    reasons: { why: string; filter: string; events: number }[];
    originals: { files: number; bytes: number };
  }>().of(z.strictObject({ filter: text.optional() })),
  custody: request<{ entries: number; head: string; ok: boolean; why?: string }>().of(nothing),
  custodyRows: request<{ rows: CustodyRow[]; total: number }>().of(
    z.strictObject({
      offset: z.number().int().min(0),
      limit: z.number().int().min(0).max(10_000),
      search: text.optional(),
    }),
  ),
  checkpoint: request<{ entries: number; head: string; ok: boolean; file: string }>().of(z.strictObject({ file })),
} as const;

export interface BundleReply {
  bundle: string;
  name: string;
  files: number;
  bytes: number;
  events: number;
  left_out: number;
  sha256: string;
  signed: boolean;
}

export type Contract = typeof CONTRACT;
export type RequestName = keyof Contract;
export type Input<Name extends RequestName> = z.input<Contract[Name]["input"]>;
export type Reply<Name extends RequestName> = NonNullable<Contract[Name]["reply"]>;

/** What a long request tells while it works, and how it is stopped. */
export interface Hooks {
  progress?(progress: Progress): void;
  signal?: AbortSignal;
}
