import { given } from "../../../shared/base/given.ts";
import type { FactEntry } from "../../../shared/model/accountability/due-clock.ts";
import type { Disposition } from "../../../shared/model/finding.ts";
import type { Decision } from "../../findings/dispositions.ts";
import type { Bates } from "./bates.ts";
import type { BundleFacts } from "./bundle-facts.ts";
import type { Reason } from "./choose-events.ts";

/** `extract/bundle.json` without what other files hold: what was selected and left out, by whom, with which version, and when. */
export interface BundleRecord {
  readonly schema: "exhibit/bundle@2";
  readonly name: string;
  readonly number: number;
  readonly title: string;
  readonly case: string;
  readonly examiner: string;
  readonly made_by: string;
  readonly at: string;
  readonly software: string;
  /** Digest of the program's own files. */
  readonly build: string;
  readonly as_of?: string;
  /** The filter of `--filter`, word for word. */
  readonly filter?: string;
  /** Of which findings it has the calls, by their state. Absent: of all. Of the others it has the numbers alone. */
  readonly findings?: readonly Disposition[];
  /** In a dossier: whose calls and grants alone it tells of. */
  readonly developer?: string;
  readonly selected: readonly Reason[];
  readonly events: number;
  readonly left_out: number;
  /** Calls in a rule's scope that count nowhere: they failed, or nothing says how they ended. They are not in the bundle. */
  readonly apart: readonly { readonly rule: string; readonly failed: number; readonly unknown: number }[];
  /** Names in the bundle of the originals that it carries, by source. */
  readonly originals: Readonly<Record<string, string>>;
  readonly unfinished: readonly string[];
  /** The numbers of its documents in the load file. Absent where it has none, and in bundles of versions that had no load file. */
  readonly bates?: Bates;
  /** To whom it goes. */
  readonly for?: string;
  /** Number of the matter, as its court or counsel writes it. */
  readonly matter?: string;
  /** Why it was made. */
  readonly reason?: string;
  /** Lines above the report and the drafts. */
  readonly letterhead?: readonly string[];
  readonly custody: { readonly entries: number; readonly head: string };
}

/** bundle.json, whole. */
export interface BundleDocument extends BundleRecord, BundleFacts {
  /** The file as it was read. */
  readonly claims: unknown;
  /** The file of clocks as it was read; null: there is none. Absent in bundles of versions that knew no clocks, as are facts. */
  readonly clocks?: unknown;
  /** The book of facts, oldest entry first. */
  readonly facts?: readonly FactEntry[];
  readonly decisions: readonly Decision[];
}

/** What the act `bundle` holds of it, which its own custody ends with: all but what the act says by itself. */
export function statedInAct(about: Omit<BundleRecord, "custody">): Record<string, unknown> {
  const { name, number, software, build, as_of, filter, findings, developer } = about;
  const { selected, events, left_out, apart, originals, unfinished, bates } = about;
  const { for: recipient, matter, reason, letterhead } = about;
  return {
    ...{ name, number, software, build, ...given({ as_of, filter, findings, developer }) },
    ...{ selected, events, left_out, apart, originals, unfinished, ...given({ bates }) },
    ...given({ for: recipient, matter, reason, letterhead }),
  };
}
