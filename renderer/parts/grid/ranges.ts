/** Chosen rows of a list of any length: ranges [from, to), ascending, apart from each other. Pure. */
export type Ranges = readonly (readonly [from: number, to: number])[];

export const NONE: Ranges = [];

export function has(ranges: Ranges, row: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [from, to] = ranges[middle] as readonly [number, number];
    if (row < from) high = middle;
    else if (row >= to) low = middle + 1;
    else return true;
  }
  return false;
}

function added(ranges: Ranges, from: number, to: number): Ranges {
  if (from >= to) return ranges;
  const before = ranges.filter((range) => range[1] < from);
  const after = ranges.filter((range) => range[0] > to);
  const touched = ranges.filter((range) => range[1] >= from && range[0] <= to);
  const first = touched[0]?.[0] ?? from;
  const last = touched.at(-1)?.[1] ?? to;
  return [...before, [Math.min(from, first), Math.max(to, last)], ...after];
}

/** The rows from one to another, both of them in, whichever comes first. */
export function between(one: number, other: number): Ranges {
  return [[Math.min(one, other), Math.max(one, other) + 1]];
}

function removed(ranges: Ranges, from: number, to: number): Ranges {
  return ranges.flatMap(([first, last]): [number, number][] => {
    if (last <= from || first >= to) return [[first, last]];
    const parts: [number, number][] = [
      [first, Math.min(last, from)],
      [Math.max(first, to), last],
    ];
    return parts.filter(([begin, end]) => begin < end);
  });
}

export function toggled(ranges: Ranges, row: number): Ranges {
  return has(ranges, row) ? removed(ranges, row, row + 1) : added(ranges, row, row + 1);
}

/** How many rows. */
export function size(ranges: Ranges): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Only rows below `count`. */
export function within(ranges: Ranges, count: number): Ranges {
  return removed(ranges, count, Number.POSITIVE_INFINITY);
}
