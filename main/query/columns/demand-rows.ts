import type { Case } from "../../case/case.ts";
import { notAsLeft } from "../../custody/not-as-left.ts";
import { pinsOf } from "../../custody/pins.ts";
import { marksDigests } from "../../intake/duplicates/marks-digest.ts";
import { addStoredRows, EventsDigest } from "../../intake/store/events-digest.ts";
import type { RowsDigest, SourceRows } from "./read-rows.ts";

/**
 * The rows of each source are what its latest act made them. Acts of older versions do not say.
 * @throws Refusal `case-damaged`
 */
export function demandEvents(
  caseFile: Case,
  runs: readonly SourceRows[],
  digests: ReadonlyMap<number, RowsDigest>,
): void {
  const { pins } = pinsOf(caseFile.db);
  for (const { source, first, last } of runs) {
    const found = digests.get(source);
    const events = pins.get("events")?.get(String(source));
    if (events && events.digest !== found?.events && events.digest !== readOneByOne(caseFile.db, first, last))
      throw notAsLeft(
        caseFile.folder,
        `the events of source ${source} are not what act ${events.seq} (${events.act}) made them`,
      );
    const marks = pins.get("marks")?.get(String(source));
    if (
      marks &&
      marks.digest !== found?.marks &&
      marks.digest !== (marksDigests(caseFile.db, [source])[source] ?? null)
    )
      throw notAsLeft(
        caseFile.folder,
        `which events of source ${source} are duplicates is not what act ${marks.seq} (${marks.act}) made it`,
      );
  }
}

/** What verify works out: a value that columns read another way is no damage. */
function readOneByOne(db: Case["db"], first: number, last: number): string {
  const digest = new EventsDigest();
  addStoredRows(db, digest, first, last);
  return digest.end(first);
}
