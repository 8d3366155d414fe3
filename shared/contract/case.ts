import { z } from "zod";
import {
  REGISTRY_KINDS,
  type RegistryConflicts,
  type RegistryImport,
  type RegistryKind,
  type RegistryPage,
  type RegistryPreview,
  type RegistryReport,
} from "../model/registry.ts";
import { file } from "./chosen.ts";
import { by, nothing, request, row, text } from "./request.ts";

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
  /** Fingerprint of the key that custody names for the case's bundles. Absent where it names none. */
  signer?: string;
  /** A sentence, where this computer's clock stands behind the last act: acts bear that one's time meanwhile. */
  clock?: string;
}

export interface CustodyRow {
  seq: number;
  at: string;
  by: string;
  act: string;
  detail: Record<string, unknown>;
  previous: string;
}

/** Registry files, and how they are to be read where they do not say it themselves. */
const REGISTRY_FILES = z.strictObject({
  files: z.array(file("registry")).min(1),
  kind: z.enum(REGISTRY_KINDS).optional(),
  columns: z.array(z.strictObject({ column: text, from: text })).optional(),
  timezone: text.optional(),
  /** Which number of 04/05/2018 is the day. */
  dates: z.enum(["dmy", "mdy"]).optional(),
});

/** What is asked of the case itself: what it is, its registry, its chain of custody. */
export const CASE_REQUESTS = {
  info: request<CaseInfo>().of(nothing),
  registry: request<RegistryReport>().of(
    REGISTRY_FILES.extend({ replace: z.boolean().optional(), dry_run: z.boolean().optional(), by }),
  ),
  /** What a dry run says, and of files that it refuses, every column that is open and what it could be. */
  registryPreview: request<RegistryPreview>().of(REGISTRY_FILES),
  /** Takes one import back: the registry becomes what the others make of it. */
  takeBackRegistry: request<RegistryReport>().of(z.strictObject({ n: z.number().int().min(1), reason: text, by })),
  /** Rows of one kind, searched, each with where it came from. */
  registryRows: request<RegistryPage>().of(
    z.strictObject({
      kind: z.enum(REGISTRY_KINDS),
      contains: text,
      sort: text.optional(),
      offset: row,
      limit: row.max(1000),
    }),
  ),
  registryConflicts: request<RegistryConflicts>().of(nothing),
  /** How many rows of each kind the registry has, and the files they came from. */
  registryInForce: request<{
    counts: Record<RegistryKind, number>;
    files: RegistryImport[];
    /** Ids that logs and registry write in two ways, so that they are not joined: a sentence each. */
    not_joined: string[];
  }>().of(nothing),
  /** Names the public key that the case's bundles are signed with from now on. */
  signer: request<{ signer: string; key: string; reason: string }>().of(
    z.strictObject({ file: file("public-key"), reason: text, by }),
  ),
  custody: request<{ entries: number; head: string; ok: boolean; why?: string }>().of(nothing),
  custodyRows: request<{ rows: CustodyRow[]; total: number }>().of(
    z.strictObject({
      offset: z.number().int().min(0),
      limit: z.number().int().min(0).max(10_000),
      search: text.optional(),
    }),
  ),
  checkpoint: request<{ entries: number; head: string; ok: boolean; file: string }>().of(
    z.strictObject({ file: file("save") }),
  ),
} as const;
