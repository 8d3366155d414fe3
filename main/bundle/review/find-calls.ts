import type { ReviewedCall } from "../../../shared/model/accountability/review-file.ts";
import { sourceRunOf } from "../../annotations/label-digests.ts";
import type { Case } from "../../case/case.ts";

/** Gives the id of a call by its place in a log of the case; undefined where no call stands there. */
export function callFinder({ db }: Case): (source: number, call: ReviewedCall) => number | undefined {
  const runs = new Map<number, ReturnType<typeof sourceRunOf>>();
  const row = db
    .prepare(
      'select line, "offset", coalesce((select part from event_part where id = e.id), 0) as part from event_row e where id = ?',
    )
    .raw();
  const at = (id: number) => row.get(id) as [line: number, offset: number, part: number] | undefined;
  const isCounted = db.prepare("select 1 from source where id = ? and state = 'complete' and withdrawn is null");
  return (source, call) => {
    if (!runs.has(source)) runs.set(source, isCounted.get(source) ? sourceRunOf(db, source) : undefined);
    const run = runs.get(source);
    if (run === undefined) return undefined;
    // The ids of a source are in the order of its file, and so are the offsets: halving finds the first at this one.
    let [low, high] = [run.first, run.last];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((at(middle)?.[1] ?? 0) < call.offset) low = middle + 1;
      else high = middle;
    }
    for (let id = low; id <= run.last; id += 1) {
      const [line, offset, part] = at(id) ?? [0, -1, 0];
      if (offset !== call.offset) return undefined;
      if (line === call.line && part === (call.part ?? 0)) return id;
    }
    return undefined;
  };
}
