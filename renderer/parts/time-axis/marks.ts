import type { AxisData } from "./axis.ts";
import type { Scale } from "./scale.ts";

const LETTER_PX = 6.2;

export interface Mark {
  readonly time: number;
  readonly label: string;
  readonly anchor: "start" | "end";
  readonly dx: number;
  /** Labels that would lie on each other go below each other. */
  readonly row: number;
  readonly isBad?: boolean;
}

/** Where the labels of an axis stand, so that none lies on another. */
export function marksOf(marks: AxisData["marks"], scale: Scale): Mark[] {
  const ends: number[] = [];
  const inOrder = [...marks].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return inOrder.map(({ at, ...mark }) => {
    const x = scale.at(Date.parse(at));
    const wide = mark.label.length * LETTER_PX + 8;
    const isLeft = x + wide > scale.width;
    const from = isLeft ? x - wide : x;
    let row = ends.findIndex((end) => end <= from);
    if (row < 0) row = ends.length;
    ends[row] = Math.max(ends[row] ?? 0, isLeft ? x : x + wide);
    return { time: Date.parse(at), ...mark, anchor: isLeft ? "end" : "start", dx: isLeft ? -4 : 4, row };
  });
}
