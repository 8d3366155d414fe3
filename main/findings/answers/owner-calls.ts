import { given } from "../../../shared/base/given.ts";
import { isoOf } from "../../../shared/base/time.ts";
import type { Dataset } from "../../query/dataset.ts";

/** Positions of an owner's calls, duplicates left out. */
export function callsOf({ columns, owners }: Dataset, owner: number): number[] {
  const calls: number[] = [];
  if (owner < 0) return calls;
  const { originals } = columns;
  for (let p = 0; p < columns.rows; p += 1) if (owners.of[p] === owner && originals.has(p)) calls.push(p);
  return calls;
}

/** What the registry says of an app while this developer owned it: the widest span of its rows, and the last one's status. */
export function appSpan(
  { registry }: Dataset,
  developer: string,
  app: string,
): { status?: string; owned_from?: string; owned_until?: string } {
  const owned = registry.apps.filter((each) => each.app === app && each.developer_id === developer);
  const from = edge(
    owned.map((each) => each.owned_from),
    Math.min,
  );
  const until = edge(
    owned.map((each) => each.owned_until),
    Math.max,
  );
  return {
    ...given({ status: owned.at(-1)?.status }),
    ...(from === undefined ? {} : { owned_from: isoOf(from) }),
    ...(until === undefined ? {} : { owned_until: isoOf(until) }),
  };
}

/** The outermost of some edges; none where one of them is open. */
function edge(edges: readonly (number | undefined)[], outer: (...all: number[]) => number): number | undefined {
  const known = edges.filter((each) => each !== undefined);
  return known.length < edges.length || known.length === 0 ? undefined : outer(...known);
}
