import { matcher } from "../../../shared/filter/match.ts";
import type { Test } from "../../../shared/filter/tree.ts";
import { EventSet } from "../columns/event-set.ts";
import type { Dataset } from "../dataset.ts";

/**
 * Request ids are nearly all different, so they have neither dictionary nor column and are read from the rows. An id that
 * is written out in full is looked up as it is stored: 16 hex digits are stored as a number.
 */
export function eventsOfRequests(dataset: Dataset, test: Test): EventSet {
  const { columns, caseFile } = dataset;
  const set = EventSet.none(columns.rows);
  const addAll = (ids: IterableIterator<unknown>) => {
    for (const id of ids) {
      const position = columns.positionOf(id as number);
      if (position >= 0) set.put(position);
    }
  };
  if (test.kind === "present")
    addAll(caseFile.db.prepare("select id from event_row where request_id is not null").pluck().iterate());
  if (test.kind !== "pattern") return set;
  const word = test.segments.length === 1 ? (test.segments[0] as string) : undefined;
  if (word !== undefined && /^[0-9a-f]{16}$/iu.test(word)) {
    const number = BigInt.asIntN(64, BigInt(`0x${word}`));
    addAll(caseFile.db.prepare("select id from event_row where request_id = ?").pluck().iterate(number));
  }
  const passes = matcher(test.segments);
  const texts = caseFile.db.prepare(
    `select id, case typeof(request_id) when 'integer' then printf('%016x', request_id) else request_id end from event_row
     where request_id is not null ${word === undefined ? "" : "and typeof(request_id) = 'text'"}`,
  );
  for (const [id, text] of texts.raw().iterate() as IterableIterator<[number, string]>) {
    if (!passes(text)) continue;
    const position = columns.positionOf(id);
    if (position >= 0) set.put(position);
  }
  return set;
}
