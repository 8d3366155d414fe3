/** Runs of event ids, first and last included, ascending, apart from each other. */
export type Runs = readonly (readonly [first: number, last: number])[];

/** Ascending ids → runs. */
export function runsOf(ids: Uint32Array | readonly number[]): Runs {
  const runs: [number, number][] = [];
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] as number;
    const run = runs.at(-1);
    if (run && id === run[1] + 1) run[1] = id;
    else runs.push([id, id]);
  }
  return runs;
}

export const countRuns = (runs: Runs): number => runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);

export function unionOf(a: Runs, b: Runs): Runs {
  const all = [...a, ...b].sort((x, y) => x[0] - y[0]);
  const runs: [number, number][] = [];
  for (const [first, last] of all) {
    const run = runs.at(-1);
    if (run && first <= run[1] + 1) run[1] = Math.max(run[1], last);
    else runs.push([first, last]);
  }
  return runs;
}

/** The ids of `a` that are not in `b`. */
export function differenceOf(a: Runs, b: Runs): Runs {
  const runs: [number, number][] = [];
  let at = 0;
  for (let [first, last] of a) {
    while (at < b.length && (b[at] as readonly [number, number])[1] < first) at += 1;
    for (let next = at; next < b.length && first <= last; next += 1) {
      const [from, to] = b[next] as readonly [number, number];
      if (from > last) break;
      if (from > first) runs.push([first, from - 1]);
      first = Math.max(first, to + 1);
    }
    if (first <= last) runs.push([first, last]);
  }
  return runs;
}
