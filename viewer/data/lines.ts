import type { WrittenLines } from "../../shared/viewer/data.ts";
import type { Calls, Progress } from "./calls.ts";

/** Pieces of lines that are kept: those around the calls that somebody looks at. */
const KEPT = 8;
const kept = new Map<number, WrittenLines>();

async function linesOf({ load }: Calls, piece: number): Promise<WrittenLines> {
  const known = kept.get(piece);
  if (known) return known;
  const { value: lines } = await load<WrittenLines>(`lines-${piece}`);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value as number);
  kept.set(piece, lines);
  return lines;
}

/** The original record of a call as text. */
export async function lineOf(calls: Calls, source: number, offset: number): Promise<string | undefined> {
  let piece = -1;
  for (const [at, [of, first]] of calls.catalog.lines.entries()) if (of === source && first <= offset) piece = at;
  if (piece < 0) return undefined;
  const { offsets, texts } = await linesOf(calls, piece);
  return texts[offsets.indexOf(offset)];
}

/** The records that pass, by source and offset. Each piece is read and let go. */
export async function recordsThat(
  { catalog, load }: Calls,
  passes: (text: string) => boolean,
  progress: Progress,
  isOff: () => boolean,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const hits = new Map<number, Set<number>>();
  for (let piece = 0; piece < catalog.lines.length && !isOff(); piece += 1) {
    progress(piece, catalog.lines.length);
    const { source, offsets, texts } = kept.get(piece) ?? (await load<WrittenLines>(`lines-${piece}`)).value;
    const own = hits.get(source) ?? new Set();
    hits.set(source, own);
    for (let at = 0; at < texts.length; at += 1) if (passes(texts[at] as string)) own.add(offsets[at] as number);
  }
  return hits;
}
