import type { LineLedger } from "./encoded-batch.ts";

/**
 * Counts the lines `line` … `line + lines - 1` as an event's or a reject's. The first may be the last line of the
 * record before.
 */
export function addLines(ledger: LineLedger, line: number, lines: number, isEvent: boolean): void {
  const last = line + lines - 1;
  let fresh = lines;
  if (line <= ledger.lastLine) {
    fresh = last - ledger.lastLine;
    if (isEvent && !ledger.lastEvent && line <= ledger.lastLine) {
      ledger.rejected--;
      ledger.events++;
      ledger.lastEvent = true;
    }
  }
  if (fresh <= 0) return;
  if (isEvent) ledger.events += fresh;
  else ledger.rejected += fresh;
  ledger.lastLine = last;
  ledger.lastEvent = isEvent;
}
