import type { Input } from "../../../../shared/contract/contract.ts";
import type { CallRow } from "../../../../shared/model/explore.ts";
import { type Ranges, size } from "../../../parts/grid/ranges.ts";
import type { View } from "../state/use-view.ts";

/** What an act is about, as the engine takes it, and how many calls that is. */
export interface Picks {
  readonly count: number;
  readonly input: Pick<Input<"tag">, "filter" | "events" | "rows">;
  /** The rows themselves, where all of them are loaded. */
  readonly rows?: readonly CallRow[];
}

/** Up to so many calls are named by id: an id stays the same call whatever changes meanwhile. */
const MAX_IDS = 2000;

/** The chosen rows, else the current one; undefined where there is none. */
export function picksOf({ reply, pages }: View, ranges: Ranges, row: number): Picks | undefined {
  const chosen: Ranges = ranges.length > 0 ? ranges : row < reply.count ? [[row, row + 1]] : [];
  const count = size(chosen);
  if (count === 0) return undefined;
  if (count === reply.count && count > 1) return { count, input: { filter: reply.filter } };
  if (count <= MAX_IDS) {
    const rows: CallRow[] = [];
    for (const [from, to] of chosen)
      for (let at = from; at < to; at += 1) {
        const each = pages.row(at);
        if (each) rows.push(each);
      }
    if (rows.length === count)
      return { count, input: { filter: reply.filter, events: rows.map(({ id }) => id) }, rows };
  }
  const ranged = chosen.map(([from, to]): [number, number] => [from, to]);
  return {
    count,
    input: {
      filter: reply.filter,
      rows: { ...(reply.sort === undefined ? {} : { sort: reply.sort }), ranges: ranged, revision: reply.revision },
    },
  };
}

/** Everything that the filter matches. */
export const allOf = ({ reply }: View): Picks => ({ count: reply.count, input: { filter: reply.filter } });
