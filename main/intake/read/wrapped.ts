import { isElementKind, isListLayer } from "../mapping/wrappers.ts";
import { type Batch, KIND_SHIFT, MAX_CALLS, PLAIN, tooManyCalls } from "./batch.ts";
import { behindMark, isBlank, LineReader, lineAt } from "./lines.ts";
import { closeText, type Layer, layerOf, type Part, type Range } from "./open-layer.ts";

const SPACE = 32;
const LF = 10;
const CR = 13;

export interface Wrapping {
  /** From the outside in, as mappings name them. */
  readonly layers: readonly string[];
  /** The input that gets the time of the wrapper. */
  readonly timeInput: number;
  /** Line ends inside the record are blanks: it is JSON. */
  readonly isJson: boolean;
}

/**
 * Takes records out of what stands around them and gives them to the reader of their format. They are opened where they
 * stand, in the batch's own bytes: a record keeps the line, offset and length of all that was around it.
 */
export class RecordOpener {
  readonly #layers: readonly Layer[];
  /** Layers up to and with the one whose lines may be parts of one record. */
  readonly #joined: number;
  readonly #inner: LineReader;
  readonly #wrapping: Wrapping;
  /** What is left of the record that was opened last, where it holds several. The next is the last. */
  #rest: { readonly range: Range; readonly depth: number }[] = [];

  constructor(inner: LineReader, wrapping: Wrapping) {
    this.#inner = inner;
    this.#wrapping = wrapping;
    this.#layers = wrapping.layers.map(layerOf);
    this.#joined = this.#layers.findIndex((layer) => layer.part !== undefined) + 1;
  }

  begin(batch: Batch): void {
    this.#inner.begin(batch);
  }

  /** Whether a record may hold several. */
  get splits(): boolean {
    return this.#wrapping.layers.some(isListLayer);
  }

  /** What it takes records out of need not be objects. */
  get opensElements(): boolean {
    return isElementKind(this.#wrapping.layers[0] ?? "");
  }

  /** What the line is a part of, where records may have several. */
  part(batch: Batch, start: number, end: number): Part | undefined {
    const range = { from: start, to: end, free: -1, timeFrom: -1, timeTo: -1 };
    for (const layer of this.#layers.slice(0, this.#joined - 1)) if (layer.open(batch, range) !== undefined) return;
    return this.#layers[this.#joined - 1]?.part?.(batch, range.from, range.to);
  }

  /** Whether lines may be parts of a record at all. */
  get joins(): boolean {
    // Words before a part may be taken off as often as needed. Strings are opened once.
    return (
      this.#joined > 0 && this.#wrapping.layers.slice(0, this.#joined - 1).every((layer) => !layer.startsWith("."))
    );
  }

  /** The record in these lines (pairs of start and end): as a line's reader, spans or a reason. */
  open(batch: Batch, lines: readonly number[]): string | undefined {
    const range: Range = { from: 0, to: 0, free: -1, timeFrom: -1, timeTo: -1 };
    let depth = 0;
    this.#rest = [];
    for (let at = 0; at < lines.length; at += 2) {
      const part: Range = { ...range, from: lines[at] as number, to: lines[at + 1] as number };
      for (depth = 0; depth < (lines.length > 2 ? this.#joined : 0); depth++) {
        const bad = (this.#layers[depth] as Layer).open(batch, part);
        if (bad !== undefined) return bad;
      }
      if (at === 0) Object.assign(range, part);
      else {
        batch.bytes.copyWithin(range.to, part.from, part.to);
        range.to += part.to - part.from;
        // The time of the first part may lie where the second went.
        if (range.timeFrom > range.from) Object.assign(range, { timeFrom: part.timeFrom, timeTo: part.timeTo });
      }
    }
    if (lines.length > 2) {
      range.free = lines.at(-1) as number;
      batch.bytes.fill(SPACE, range.to, range.free);
    }
    this.#rest = [{ range, depth }];
    const bad = this.#next(batch);
    return bad === null ? "" : bad;
  }

  /** Makes rows of the other records in what was opened last, calls of the row that was added for the first. */
  addRest(batch: Batch): void {
    if (this.#rest.length === 0) return;
    const first = batch.rows - 1;
    if (batch.isTooLong(first)) return;
    while (this.#rest.length > 0) {
      const { spans } = batch;
      if (!batch.growRows(first)) {
        batch.giveUpCalls(first);
        return;
      }
      if (spans !== batch.spans) this.#inner.begin(batch);
      const bad = this.#next(batch);
      if (bad !== null) batch.addCall(first, bad);
    }
  }

  /** The next record of what was opened, as a line's reader says of it; null: there is none any more. */
  #next(batch: Batch): string | undefined | null {
    for (let next = this.#rest.pop(); next; next = this.#rest.pop()) {
      const { range } = next;
      let { depth } = next;
      let elements: Range[] | undefined;
      for (; depth < this.#layers.length && !elements; depth++) {
        const layer = this.#layers[depth] as Layer;
        const bad = layer.open(batch, range);
        if (bad !== undefined) return bad;
        elements = layer.elements?.(batch, range);
      }
      if (elements) {
        if (elements.length > MAX_CALLS) return tooManyCalls;
        for (const element of elements.reverse()) this.#rest.push({ range: element, depth });
      } else {
        const bad = this.#read(batch, range);
        if (bad !== "") return bad;
      }
    }
    return null;
  }

  #read(batch: Batch, range: Range): string | undefined {
    const { bytes, spans } = batch;
    if (range.free > range.to) closeText(bytes, range);
    const { from, to, timeFrom, timeTo } = range;
    const { isJson, timeInput } = this.#wrapping;
    if (isJson) for (let i = from; i < to; i++) if (bytes[i] === LF || bytes[i] === CR) bytes[i] = SPACE;
    if (isBlank(bytes, from, to)) return "";
    const bad = this.#inner.inside(batch, from, to);
    if (bad !== undefined || timeFrom < 0) return bad;
    const at = (batch.rows * batch.inputs + timeInput) * 2;
    spans[at] = timeFrom;
    spans[at + 1] = timeTo | (PLAIN << KIND_SHIFT);
    return undefined;
  }
}

/** Lines with something around the record in each of them, or around its parts in several. */
export class WrappedLinesReader extends LineReader {
  readonly #opener: RecordOpener;

  constructor(opener: RecordOpener) {
    super();
    this.#opener = opener;
  }

  override begin(batch: Batch): void {
    this.#opener.begin(batch);
  }

  protected override line(batch: Batch, start: number, end: number): string | undefined {
    return this.#opener.open(batch, [start, end]);
  }

  override scan(batch: Batch, last: boolean): void {
    const opener = this.#opener;
    if (!opener.joins && !opener.splits) {
      super.scan(batch, last);
      return;
    }
    const { bytes, to } = batch;
    this.begin(batch);
    while (batch.from < to && batch.rows < batch.maxRows) {
      const start = batch.from;
      const first = lineAt(bytes, start, to, last);
      if (!first) return;
      if (isBlank(bytes, start, first.end)) {
        batch.from = first.next;
        batch.lines++;
        batch.skipped++;
        continue;
      }
      const lines = [behindMark(bytes, start, first.end), first.end];
      let line = first;
      for (let part = opener.joins ? opener.part(batch, start, first.end) : undefined; part?.goesOn; ) {
        const from = line.next;
        const next = from < to ? lineAt(bytes, from, to, last) : undefined;
        if (!next && !last) return;
        const other = next && opener.part(batch, from, next.end);
        if (!next || other?.of !== part.of) break;
        lines.push(from, next.end);
        line = next;
        part = other;
      }
      batch.from = line.next;
      batch.put(start, line.end, lines.length / 2, opener.open(batch, lines));
      opener.addRest(batch);
    }
  }
}
