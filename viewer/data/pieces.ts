import type { Catalog } from "../../shared/viewer/data.ts";

type Starts = Catalog["lines"];

/** Which piece of lines has the record of a call: the last one of its source that does not begin behind it. */
export function pieceFinder(lines: Starts): (source: number, offset: number) => number | undefined {
  const ranges = new Map<number, { from: number; to: number }>();
  for (const [piece, [source]] of lines.entries()) {
    const range = ranges.get(source);
    if (range) range.to = piece + 1;
    else ranges.set(source, { from: piece, to: piece + 1 });
  }
  return (source, offset) => {
    const range = ranges.get(source);
    if (!range) return undefined;
    let [low, high] = [range.from, range.to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((lines[middle] as Starts[number])[1] <= offset) low = middle + 1;
      else high = middle;
    }
    return low === range.from ? undefined : low - 1;
  };
}

/** The rows of each piece: `rows[i]` for i from `starts[piece]` up to `starts[piece + 1]`. */
export interface RowsByPiece {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** @param pieceOfRow one more than the piece, 0 where a row has none */
export function rowsByPiece(pieces: number, pieceOfRow: Uint32Array): RowsByPiece {
  const starts = new Uint32Array(pieces + 2);
  for (const piece of pieceOfRow) (starts[piece + 1] as number) += 1;
  for (let piece = 1; piece < starts.length; piece += 1) (starts[piece] as number) += starts[piece - 1] as number;
  const rows = new Uint32Array(pieceOfRow.length);
  const next = starts.slice();
  for (let row = 0; row < pieceOfRow.length; row += 1) rows[(next[pieceOfRow[row] as number] as number)++] = row;
  return { starts: starts.subarray(1), rows };
}
