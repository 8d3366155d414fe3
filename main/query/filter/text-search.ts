import { isAscii } from "node:buffer";
import { LRUCache } from "lru-cache";
import { Refusal } from "../../../shared/base/errors.ts";
import { contains, fold } from "../../../shared/filter/match.ts";
import type { Segments } from "../../../shared/filter/tree.ts";
import { contentOf } from "../../evidence/original.ts";
import { decodeText } from "../../platform/encodings/encoding.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import { EventSet } from "../columns/event-set.ts";
import type { Dataset } from "../dataset.ts";
import { ManyWords } from "./many-words.ts";

/** Texts whose events are remembered. */
const MAX_TEXTS = 16;

const kept = new WeakMap<Dataset, LRUCache<string, EventSet>>();

/** How far a search has come: records looked at, and those that hold the text. */
export interface Searched {
  readonly done: number;
  readonly found: number;
}

/**
 * Positions of events whose original line holds one of the texts, any case: every source is read once, from its beginning,
 * in the order of its records. What was sought last is remembered as long as the columns are.
 */
export function eventsWithText(dataset: Dataset, texts: readonly Segments[]): EventSet {
  const search = searching(dataset, texts);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value.copy();
}

/** The same a piece at a time, for whoever has other things to do in between; left off, it has changed nothing. */
export function* searching(dataset: Dataset, texts: readonly Segments[]): Generator<Searched, EventSet> {
  const key = JSON.stringify(texts);
  let masks = kept.get(dataset);
  if (!masks) {
    masks = new LRUCache({ max: MAX_TEXTS });
    kept.set(dataset, masks);
  }
  let set = masks.get(key);
  if (!set) {
    set = yield* scan(dataset, texts);
    masks.set(key, set);
  }
  return set;
}

function* scan(dataset: Dataset, texts: readonly Segments[]): Generator<Searched, EventSet> {
  const { columns, caseFile } = dataset;
  const set = EventSet.none(columns.rows);
  const sought = new Sought(texts);
  const encodings = new Map(caseFile.db.prepare("select id, encoding from source").raw().all() as [number, Encoding][]);
  let [done, found] = [0, 0];
  for (const [source, positions] of recordsBySource(dataset)) {
    let before = 0;
    for (const next of scanSource(dataset, source, encodings.get(source) ?? "utf-8", positions, sought, set)) {
      for (let at = before; at < next; at += 1) if (set.has(positions[at] as number)) found += 1;
      done += next - before;
      before = next;
      yield { done, found };
    }
  }
  return set;
}

/** Positions of each source's events, in the order of their bytes: that of their ids, which are one run for each source. */
function recordsBySource(dataset: Dataset): Map<number, Uint32Array> {
  const { columns } = dataset;
  const sources = columns.codes("source");
  const ids = columns.codes("id");
  const counts: number[] = [];
  const firsts: number[] = [];
  for (let p = 0; p < columns.rows; p += 1) {
    const source = sources[p] as number;
    const id = ids[p] as number;
    counts[source] = (counts[source] ?? 0) + 1;
    if (id < (firsts[source] ?? Number.POSITIVE_INFINITY)) firsts[source] = id;
  }
  const lists = new Map<number, Uint32Array>();
  for (const [source, count] of counts.entries()) if (count > 0) lists.set(source, new Uint32Array(count));
  for (let p = 0; p < columns.rows; p += 1) {
    const source = sources[p] as number;
    (lists.get(source) as Uint32Array)[(ids[p] as number) - (firsts[source] as number)] = p;
  }
  return lists;
}

/** Texts as they are sought. */
class Sought {
  /** The one text, in lower case, where it is plain ASCII. */
  readonly needle: string | undefined;
  /** The texts, where they are several and all of them plain ASCII. */
  readonly words: ManyWords | undefined;
  /** Whether a record's text holds one of them. */
  readonly holds: (text: string) => boolean;

  constructor(texts: readonly Segments[]) {
    const plain: string[] = [];
    const others: ((text: string) => boolean)[] = [];
    for (const segments of texts) {
      const folded = segments.length === 1 ? fold(segments[0] as string) : "";
      if (folded !== "" && isAscii(Buffer.from(folded))) plain.push(folded);
      else others.push(contains(segments));
    }
    const all = plain.length > 1 ? new ManyWords(plain) : undefined;
    const [one] = plain;
    this.words = others.length === 0 ? all : undefined;
    this.needle = others.length === 0 && !all ? one : undefined;
    if (all) others.push((text) => all.inText(fold(text)));
    else if (one !== undefined) others.push(contains([one]));
    const [alone = () => false] = others;
    this.holds = others.length === 1 ? alone : (text) => others.some((holds) => holds(text));
  }
}

/** Yields how many records of the source are done. */
function* scanSource(
  dataset: Dataset,
  source: number,
  encoding: Encoding,
  positions: Uint32Array,
  { needle, words, holds }: Sought,
  set: EventSet,
): Generator<number, void> {
  const { columns, caseFile } = dataset;
  const offset = columns.numbers("offset");
  const length = columns.numbers("length");
  const isOfBytes = encoding !== "utf-16le" && encoding !== "utf-16be";
  let next = 0;
  let rest: Buffer = Buffer.alloc(0);
  let start = 0;
  const record = (p: number) =>
    rest.subarray((offset[p] as number) - start, (offset[p] as number) - start + (length[p] as number));
  const complete = () => {
    const p = positions[next] as number;
    return (offset[p] as number) + (length[p] as number) <= start + rest.length;
  };
  for (const { bytes } of contentOf(caseFile, source)) {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const from = next;
    if (words && isOfBytes && isAscii(rest)) {
      for (; next < positions.length && complete(); next += 1) {
        const p = positions[next] as number;
        const begin = (offset[p] as number) - start;
        if (words.inBytes(rest, begin, begin + (length[p] as number))) set.put(p);
      }
    } else if (needle !== undefined && isOfBytes && isAscii(rest)) {
      // In plain ASCII, any case is a matter of single bytes: one search over the piece, not one a record.
      const text = rest.toString("latin1").toLowerCase();
      let hit = text.indexOf(needle);
      for (; next < positions.length && complete(); next += 1) {
        const p = positions[next] as number;
        const begin = (offset[p] as number) - start;
        if (hit >= 0 && hit < begin) hit = text.indexOf(needle, begin);
        if (hit >= 0 && hit + needle.length <= begin + (length[p] as number)) set.put(p);
      }
    } else {
      for (; next < positions.length && complete(); next += 1) {
        const p = positions[next] as number;
        if (holds(decodeText(record(p), encoding))) set.put(p);
      }
    }
    yield next;
    if (next >= positions.length) return;
    const keepFrom = Math.min(rest.length, Math.max(0, (offset[positions[next] as number] as number) - start));
    if (next === from && keepFrom === 0) continue;
    rest = Buffer.from(rest.subarray(keepFrom));
    start += keepFrom;
  }
  // Content that was checked and rows that were checked, which do not fit together.
  if (next < positions.length)
    throw new Refusal(
      "case-damaged",
      `Source ${source} has events behind the end of its original`,
      "see `exhibit verify`, and restore the case from a copy",
    );
}
