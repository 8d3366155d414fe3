import type { Case } from "../../../case/case.ts";
import { sourceRow } from "../../../case/sources.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { copiedDirectives, copiedHead, lineFeedIn } from "../../contents/write-lines.ts";

/**
 * Files of lines/ hold the records of the bundle's calls, what gives these their meaning, and a line end behind each. What a
 * reader rejects or skips of them is no call, so that no number shows that it was put in.
 * @param order the bundle's source numbers → those of the throw-away case, in which the files are the originals
 */
export function strayLines(bag: Bag, caseFile: Case, order: ReadonlyMap<number, number>): string[] {
  const records = caseFile.db
    .prepare('select distinct "offset", length from event_row where source = ? order by "offset"')
    .raw();
  const faults: string[] = [];
  for (const [source, again] of order) {
    const name = `lines/source-${source}.txt`;
    const lineFeed = lineFeedIn(sourceRow(caseFile.db, again).encoding).length;
    const spans = [
      ...(records.all(again) as [offset: number, length: number][]),
      ...copiedDirectives(caseFile, again).map(({ offset, length }): [number, number] => [offset, length]),
    ].sort((a, b) => a[0] - b[0]);
    let end = copiedHead(caseFile, again);
    let stray: number | undefined;
    for (const [offset, length] of spans) {
      if (offset > end) stray ??= end;
      end = Math.max(end, offset + length + lineFeed);
    }
    if ((bag.files.sizes.get(`data/extract/${name}`) ?? 0) > end) stray ??= end;
    if (stray !== undefined) faults.push(`${name} holds at ${stray} what is no record of a call of the bundle`);
  }
  return faults;
}
