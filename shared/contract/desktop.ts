import { z } from "zod";
import type { RefusalData } from "../base/errors.ts";
import type { BundleChanges } from "../model/accountability/changes.ts";
import type { EventRecord } from "../model/event.ts";
import type { PatternExample } from "../model/pattern-example.ts";
import type { LeftOut } from "../model/source.ts";
import type { HowChecked, VerdictWord } from "../model/verdict.ts";
import type { CaseInfo } from "./case.ts";
import { type Chosen, type FromPage, file } from "./chosen.ts";
import type { CommandId } from "./commands.ts";
import type { Progress } from "./contract.ts";
import { nothing, request, text } from "./request.ts";

/**
 * What the window asks of the desktop around it, besides the requests to the case's engine: each with its schema and the
 * type of its answer, from which preload, client and main process take their types.
 */

/** What this machine remembers of its user's habits. What cannot be read is as it was from the start. */
export const SETTINGS = z.object({
  theme: z.enum(["system", "light", "dark"]).catch("system"),
  /** Keys without Ctrl, Alt or Cmd are commands. */
  singleKeys: z.boolean().catch(true),
  showFacets: z.boolean().catch(true),
  showDetail: z.boolean().catch(true),
  /** Widths, columns and their like, by the part they belong to. */
  layout: z.record(z.string(), z.unknown()).catch({}),
});
export type Settings = z.output<typeof SETTINGS>;

export interface RecentCase {
  readonly folder: Chosen;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly opened: string;
  readonly events: number;
  /** The folder is not there now. */
  readonly missing: boolean;
}

/** Kinds of file that a native dialog can be asked for. */
const FILE_KINDS = [
  ...(["logs", "mapping", "registry", "policy", "claims", "clocks", "remedy", "attachment", "people"] as const),
  ...(["key", "public-key", "bundle", "review"] as const),
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** A mapping that this machine keeps for the next export of its kind. */
export const SAVED_MAPPING = z.strictObject({
  name: z.string().trim().min(1).max(100),
  document: z.record(z.string(), z.unknown()),
});
export type SavedMapping = z.output<typeof SAVED_MAPPING>;

/** One of the first records of a file: its original text, and what it would become or why it would be rejected. */
export interface InspectedRecord {
  readonly line: number;
  readonly original: string;
  readonly event?: Omit<EventRecord, "source">;
  readonly reason?: string;
}

/** A file before its import: its detected format, and its first records. */
export interface DetectedFile {
  readonly file: string;
  /** Its path inside an archive. */
  readonly member?: string;
  readonly format: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly why: string;
  readonly encoding: string;
  readonly timezone: string;
  /** Event field → where it comes from. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names in the records that a mapping can read a field from, each with a value of the first records. */
  readonly names: readonly { readonly name: string; readonly sample: string }[];
  readonly records: readonly InspectedRecord[];
  /** What each regular expression of a mapping that was given catches in the first records. */
  readonly patterns?: readonly PatternExample[];
}

/** What there is to import under a path: a log, or the logs in an archive or folder. */
export interface InspectedFile {
  readonly path: string;
  /** At least one. */
  readonly looks: readonly DetectedFile[];
  readonly left_out: readonly LeftOut[];
  /** The saved mapping that reads it, where nothing else did. */
  readonly saved?: SavedMapping;
}

export interface CheckResult {
  readonly check: string;
  /** null: does not apply, and `detail` says why. */
  readonly ok: boolean | null;
  /** Absent where it does not apply. */
  readonly how?: HowChecked;
  /** One of a closed list. */
  readonly code: string;
  readonly detail: string;
}

/** What the window shows of itself: pushed whole whenever a part of it changes. */
export interface AppState {
  readonly version: string;
  readonly case?: CaseInfo;
  /** Second half of a sentence, as refusals have it. */
  readonly readOnlyBecause?: string;
  /** Long work on this case, whoever began it. */
  readonly job?: { readonly what: string; readonly progress?: Progress; readonly cancellable: boolean };
  /** The engine died; `openCase` with `again` starts another. */
  readonly crashed?: RefusalData;
  /** Why what the menu, the command line or a dialog of ours asked for could not be done. */
  readonly refused?: RefusalData;
  readonly settings: Settings;
  /** The theme in force, from the settings or the system. */
  readonly dark: boolean;
}

/** What dropped files are, before anything is done with them. */
export type Dropped =
  | { readonly kind: "case"; readonly folder: Chosen }
  | { readonly kind: "bundle"; readonly target: Chosen }
  | { readonly kind: "files"; readonly files: readonly Chosen[] };

export const DESKTOP = {
  state: request<AppState>().of(nothing),
  /** A native dialog asks where; no `case` in the answer: it was dismissed. */
  createCase: request<{ case?: CaseInfo }>().of(z.strictObject({ title: text, examiner: text })),
  /** Without a folder a native dialog asks. `again`: the case of this window, whose engine died. */
  openCase: request<{ case?: CaseInfo }>().of(
    z.strictObject({ folder: file("case").optional(), again: z.literal(true).optional() }),
  ),
  /** As a read-only case in this window, whose case is closed first; no `case` in the answer: the person stayed. */
  openBundle: request<{ case?: CaseInfo }>().of(z.strictObject({ target: file("bundle", "made") })),
  /** `closed` false: long work is under way and the person stayed. */
  closeCase: request<{ closed: boolean }>().of(nothing),
  recentCases: request<{ cases: RecentCase[] }>().of(nothing),
  forgetCase: request<{ cases: RecentCase[] }>().of(z.strictObject({ folder: file("case") })),
  /** Asks where a missing case is now. */
  locateCase: request<{ cases: RecentCase[] }>().of(z.strictObject({ folder: file("case") })),
  /** Makes the sample incident, opens it as a case and imports it; a second time it opens what the first made. */
  trySample: request<{ case?: CaseInfo }>().of(
    z.strictObject({ rows: z.number().int().min(2000).max(5_000_000).optional() }),
  ),
  chooseFiles: request<{ files: Chosen[] }>().of(
    z.strictObject({ kind: z.enum(FILE_KINDS), many: z.boolean().optional() }),
  ),
  /** A folder of logs. */
  chooseFolder: request<{ folder?: Chosen }>().of(z.strictObject({ title: text.optional() })),
  /** `name`: offered to the person, who may choose another. */
  chooseSave: request<{ file?: Chosen }>().of(z.strictObject({ name: text, title: text.optional() })),
  /** Imports nothing. A file that is no log is refused by itself; the others are not. */
  detect: request<{ files: (InspectedFile | { path: string; refused: RefusalData })[] }>().of(
    z.strictObject({
      files: z.array(file("logs")).min(1),
      format: text.optional(),
      mapping: z.unknown().optional(),
      timezone: text.optional(),
    }),
  ),
  formats: request<{ formats: { name: string; title: string }[]; encodings: readonly string[] }>().of(nothing),
  /** The first lines of a file, as text, whether it is a log or not. */
  beginning: request<{ lines: string[]; encoding: string }>().of(
    z.strictObject({ file: file("logs"), encoding: text.optional() }),
  ),
  savedMappings: request<{ mappings: SavedMapping[] }>().of(nothing),
  /** One of the same name is replaced. Refused: `mapping-wrong`. */
  saveMapping: request<{ mappings: SavedMapping[] }>().of(SAVED_MAPPING),
  forgetMapping: request<{ mappings: SavedMapping[] }>().of(z.strictObject({ name: text })),
  /** Asks where, and writes it as a file for `--mapping`. No `file` in the answer: it was dismissed. */
  exportMapping: request<{ file?: string }>().of(SAVED_MAPPING),
  readMapping: request<{ mapping: unknown }>().of(z.strictObject({ file: file("mapping") })),
  /** Whose a public key is; refused where the file holds none. */
  publicKey: request<{ fingerprint: string }>().of(z.strictObject({ file: file("public-key") })),
  /** Which key would sign, as `ssh-keygen -l` prints it; refused where the file holds none that can. */
  signingKey: request<{ fingerprint: string; isEncrypted: boolean }>().of(z.strictObject({ file: file("key") })),
  /** Without a target a native dialog asks for a bundle. */
  verify: request<{ target?: Chosen; verdict?: VerdictWord; ok?: boolean; checks?: readonly CheckResult[] }>().of(
    z.strictObject({
      target: file("bundle", "made").optional(),
      recompute: z.boolean().optional(),
      signer: file("public-key").optional(),
    }),
  ),
  /** What two bundles say, held against each other, the older one first. They need not be of one case, but must be intact. */
  bundleChanges: request<BundleChanges>().of(
    z.strictObject({ before: file("bundle", "made"), after: file("bundle", "made") }),
  ),
  /** Of what was written for this window. */
  showInFolder: request<Record<never, never>>().of(z.strictObject({ path: file("made") })),
  copyText: request<Record<never, never>>().of(z.strictObject({ text: z.string().max(100_000_000) })),
  changeSettings: request<Settings>().of(SETTINGS.partial()),
  /** Which commands have somebody to answer them now; the native menu greys the others. */
  enableCommands: request<Record<never, never>>().of(
    z.strictObject({ enabled: z.array(z.string().max(100)).max(1000) }),
  ),
  newWindow: request<Record<never, never>>().of(nothing),
  print: request<Record<never, never>>().of(nothing),
  quit: request<Record<never, never>>().of(nothing),
} as const;

export interface DesktopEvents {
  state: AppState;
  /** Chosen in the native menu. */
  menu: { readonly command: CommandId };
  /** `id`: as the page numbered its request. */
  progress: { readonly id: string; readonly progress: Progress };
  dropped: Dropped;
}

export type Desktop = typeof DESKTOP;
export type DesktopName = keyof Desktop;
export type DesktopInput<Name extends DesktopName> = z.input<Desktop[Name]["input"]>;
/** As the page asks. */
export type PageDesktopInput<Name extends DesktopName> = FromPage<DesktopInput<Name>>;
export type DesktopReply<Name extends DesktopName> = NonNullable<Desktop[Name]["reply"]>;
