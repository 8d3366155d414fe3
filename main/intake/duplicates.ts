import type { Case } from "../case/case.ts";
import { KeyTable } from "./keytable.ts";
import { openOriginal, Windowed } from "./original.ts";
import { contentKeys, type Keys, type Records, recordsOf } from "./recordkeys.ts";

/**
 * Rows (by number, from 0) of a source that are the same record, byte for byte, as one of the `earlier` sources, or as an
 * earlier one of the same source with the same request id.
 *
 * Request ids say which records are worth reading again: few, as a rule. Those get a key from all their bytes, and what
 * has equal keys is compared byte for byte, so that a collision marks nothing.
 */
export function findDuplicates(
  place: Case,
  source: number,
  earlier: readonly number[],
  demandGoing: () => void,
): number[] {
  const ours = recordsOf(place, source);
  if (ours.rows === 0) return [];
  const found = new Uint8Array(ours.rows);
  const own = new Windowed(openOriginal(place, source));
  try {
    markRepeated(place, source, ours, own, found);
    for (const id of earlier) {
      demandGoing();
      markShared(place, source, ours, own, id, found);
    }
  } finally {
    own.close();
  }
  const rows: number[] = [];
  for (let row = found.indexOf(1); row >= 0; row = found.indexOf(1, row + 1)) rows.push(row);
  return rows;
}

const hasRequest = ({ low, high }: Keys, row: number): boolean => low[row] !== 0 || high[row] !== 0;

const everyRow = (rows: number): Uint8Array => new Uint8Array(rows).fill(1);

/** Records that come twice in one source with one request id. Lines that are equal but have none are two calls. */
function markRepeated(place: Case, source: number, ours: Records, own: Windowed, found: Uint8Array): void {
  const { request, rows } = ours;
  const table = new KeyTable(request, everyRow(rows));
  const candidates = new Uint8Array(rows);
  let any = false;
  for (let row = 0; row < rows; row += 1) {
    const next = hasRequest(request, row) ? table.after(row) : -1;
    if (next < 0) continue;
    candidates[row] = 1;
    candidates[next] = 1;
    any = true;
  }
  if (!any) return;
  const keys = contentKeys(place, source, ours, candidates);
  const byContent = new KeyTable(keys, candidates);
  for (let row = 0; row < rows; row += 1) {
    if (candidates[row] === 0) continue;
    for (
      let other = byContent.first(keys.low[row] as number, keys.high[row] as number);
      other >= 0 && other < row;
      other = byContent.after(other)
    ) {
      if (!same(own, ours, row, own, ours, other)) continue;
      found[row] = 1;
      break;
    }
  }
}

/** Records that an earlier source holds as well. */
function markShared(place: Case, source: number, ours: Records, own: Windowed, id: number, found: Uint8Array): void {
  const theirs = recordsOf(place, id);
  if (theirs.rows === 0) return;
  const mine = sharing(ours, theirs);
  const other = sharing(theirs, ours);
  if (!mine.includes(1) || !other.includes(1)) return;
  const myKeys = contentKeys(place, source, ours, mine);
  const otherKeys = contentKeys(place, id, theirs, other);
  const table = new KeyTable(otherKeys, other);
  const original = new Windowed(openOriginal(place, id));
  try {
    for (let row = 0; row < ours.rows; row += 1) {
      if (mine[row] === 0 || found[row] === 1) continue;
      for (let at = table.first(myKeys.low[row] as number, myKeys.high[row] as number); at >= 0; at = table.after(at)) {
        if (!same(own, ours, row, original, theirs, at)) continue;
        found[row] = 1;
        break;
      }
    }
  } finally {
    original.close();
  }
}

/** Rows of `a` whose record may be in `b`: the same request id is there, or on one side there is none to go by. */
function sharing(a: Records, b: Records): Uint8Array {
  const table = new KeyTable(b.request, everyRow(b.rows));
  const someHaveNone = table.first(0, 0) >= 0;
  return Uint8Array.from({ length: a.rows }, (_, row) =>
    someHaveNone ||
    !hasRequest(a.request, row) ||
    table.first(a.request.low[row] as number, a.request.high[row] as number) >= 0
      ? 1
      : 0,
  );
}

function same(a: Windowed, as: Records, row: number, b: Windowed, bs: Records, other: number): boolean {
  const length = as.length[row] as number;
  if (length !== bs.length[other]) return false;
  const left = a.read(as.offset[row] as number, length);
  // The same window may be moved by the second reading; the first one's bytes stay as they are.
  return left.equals(b.read(bs.offset[other] as number, length));
}
