import { figure } from "../../shared/base/figure.ts";
import type { SourceReport } from "../../shared/model/source.ts";
import { counted } from "./format.ts";

/** Every physical line ends in exactly one of three buckets. */
export interface Ledger {
  readonly lines: number;
  readonly calls: number;
  readonly inCalls: number;
  readonly rejected: number;
  readonly skipped: number;
}

export function ledgerOf(sources: readonly SourceReport[]): Ledger {
  const sum = (part: (source: SourceReport) => number) => sources.reduce((total, source) => total + part(source), 0);
  return {
    lines: sum((source) => source.lines),
    calls: sum((source) => source.events),
    inCalls: sum((source) => source.line_ledger.events),
    rejected: sum((source) => source.line_ledger.rejected),
    skipped: sum((source) => source.line_ledger.skipped),
  };
}

/** `2,000,412 lines = 2,000,000 calls + 391 rejected + 21 skipped`; where calls span lines, the lines are what adds up. */
export function ledgerWords({ lines, calls, inCalls, rejected, skipped }: Ledger): string {
  const first = calls === inCalls ? counted(calls, "call") : `${figure(inCalls)} in ${counted(calls, "call")}`;
  return `${counted(lines, "line")} = ${first} + ${figure(rejected)} rejected + ${figure(skipped)} skipped`;
}

const ZONE_WORDS: Record<SourceReport["timezone_from"], string> = {
  timestamps: "from the timestamps",
  mapping: "from the mapping",
  option: "as given",
  assumed: "assumed",
};

/** `UTC (from the timestamps)`. */
export function zoneWords({ timezone, timezone_from }: Pick<SourceReport, "timezone" | "timezone_from">): string {
  return timezone_from === "timestamps"
    ? `UTC (${ZONE_WORDS.timestamps})`
    : `${timezone} (${ZONE_WORDS[timezone_from]})`;
}
