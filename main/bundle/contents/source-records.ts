import type { SourceClock } from "../../../shared/model/clocks.ts";
import type { SourceLedger } from "../../../shared/model/ledger.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { sourceRow } from "../../case/sources.ts";
import { sourceStates } from "../../evidence/source-report.ts";
import { clocksOf } from "../../findings/coverage/source-clocks.ts";
import { ledgerOf } from "../../intake/line-ledger.ts";
import type { Dataset } from "../../query/dataset.ts";

/** An element of `extract/sources.json`: a source, whole, with the mapping that made events of it. */
export interface SourceRecord extends Omit<SourceState, "reference"> {
  /** Where the original is, if it was not copied into the case. */
  readonly reference?: { readonly path: string };
  readonly ambiguous_times: number;
  readonly broken_text: number;
  /** Why its records were rejected, all of them; `rejects` are the first by line. */
  readonly reject_reasons: SourceLedger["reasons"];
  /** How its records follow their times, of all its records and not only those of the bundle. Absent for withdrawn sources. */
  readonly clock?: Omit<SourceClock, "source" | "file">;
  readonly mapping: Record<string, unknown>;
}

/** Every source, withdrawn ones too: what was left out, and why, is part of the record. */
export function sourceRecords(dataset: Dataset): SourceRecord[] {
  const { db } = dataset.caseFile;
  const clocks = new Map(clocksOf(dataset).map(({ source, file: _, ...clock }) => [source, clock]));
  const ledgers = new Map(ledgerOf(db).sources.map((ledger) => [ledger.source, ledger]));
  return sourceStates(db).map(({ reference, ...state }) => {
    const { ambiguous_times, broken_text, reasons } = ledgers.get(state.source) as SourceLedger;
    const mapping = JSON.parse(sourceRow(db, state.source).mapping) as Record<string, unknown>;
    const clock = clocks.get(state.source);
    return {
      ...state,
      // The state of the file at this moment is no part of the case.
      ...(reference && { reference: { path: reference.path } }),
      ambiguous_times,
      broken_text,
      reject_reasons: reasons,
      ...(clock && { clock }),
      mapping,
    };
  });
}
