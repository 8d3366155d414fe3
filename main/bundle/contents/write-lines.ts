import fs from "node:fs";
import path from "node:path";
import type { Case } from "../../case/case.ts";
import { sourceRow } from "../../case/sources.ts";
import { openOriginal } from "../../evidence/original.ts";
import { resolveMapping } from "../../intake/mapping/formats.ts";
import { parseMapping } from "../../intake/mapping/parse-mapping.ts";
import { Windowed } from "../../platform/byte-source.ts";
import type { Dataset } from "../../query/dataset.ts";
import { PieceFile } from "../../query/results/piece-file.ts";
import { type Directive, directives } from "./header-directives.ts";

const [LF, COMMA] = [10, 44] as const;

/**
 * `extract/lines/`: for each source `source-N.txt`, the record of every event of the bundle, byte for byte, each followed
 * by a line feed in the source's own encoding, with what gives it its meaning before it (the head of a table, the `#` lines above); and `index.csv`,
 * where each record stands in the original (line, offset, length) and in this file (at). The records of a JSON document
 * stand there without the document.
 */
export function writeLines(
  { columns, caseFile }: Pick<Dataset, "columns" | "caseFile">,
  positions: Uint32Array,
  folder: string,
): void {
  fs.mkdirSync(folder, { recursive: true });
  const sources = columns.codes("source");
  const bySource = positionsBySource(positions, (position) => sources[position] as number);
  const [line, offset, length] = [columns.numbers("line"), columns.numbers("offset"), columns.numbers("length")];
  const index = new PieceFile(path.join(folder, "index.csv"));
  index.write("file,at,source,line,offset,length\n");
  for (const [source, members] of [...bySource].sort((a, b) => a[0] - b[0])) {
    const name = `source-${source}.txt`;
    const row = new IndexRows(index, name, source);
    const { encoding, mapping, headers } = sourceRow(caseFile.db, source);
    const lineFeed = lineFeedIn(encoding);
    const { reader } = readerOf(mapping, source);
    const file = new PieceFile(path.join(folder, name));
    const whole = openOriginal(caseFile, source);
    const original = new Windowed(whole);
    try {
      members.sort((a, b) => (offset[a] as number) - (offset[b] as number));
      const above =
        reader === "headers" ? directives(whole, offset[members.at(-1) as number] as number) : laterHeaders(headers);
      let directive = above.next();
      file.write(original.read(0, copiedHead(caseFile, source)));
      let last = -1;
      let at = 0;
      for (const p of members) {
        for (; !directive.done && directive.value.offset < (offset[p] as number); directive = above.next()) {
          file.write(original.read(directive.value.offset, directive.value.length));
          file.write(lineFeed);
        }
        // Several events of one record share its bytes.
        if (offset[p] !== last) at = file.size;
        row.write(at, line[p] as number, offset[p] as number, length[p] as number);
        if (offset[p] !== last) {
          file.write(original.read(offset[p] as number, length[p] as number));
          file.write(lineFeed);
        }
        last = offset[p] as number;
      }
    } finally {
      original.close();
      file.close();
    }
  }
  index.close();
}

function positionsBySource(positions: Uint32Array, sourceOf: (position: number) => number): Map<number, Uint32Array> {
  const counts = new Map<number, number>();
  for (const position of positions) {
    const source = sourceOf(position);
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const filled = new Map<number, number>();
  const bySource = new Map(Array.from(counts, ([source, count]) => [source, new Uint32Array(count)]));
  for (const position of positions) {
    const source = sourceOf(position);
    const at = filled.get(source) ?? 0;
    (bySource.get(source) as Uint32Array)[at] = position;
    filled.set(source, at + 1);
  }
  return bySource;
}

/** The rows of a source in index.csv, without a text for each. */
class IndexRows {
  readonly #index: PieceFile;
  readonly #before: Buffer;
  readonly #between: Buffer;

  constructor(index: PieceFile, name: string, source: number) {
    this.#index = index;
    this.#before = Buffer.from(`${name},`);
    this.#between = Buffer.from(`,${source},`);
  }

  write(at: number, line: number, offset: number, length: number): void {
    const index = this.#index;
    index.bytes(this.#before, 0, this.#before.length);
    index.number(at);
    index.bytes(this.#between, 0, this.#between.length);
    index.number(line);
    index.byte(COMMA);
    index.number(offset);
    index.byte(COMMA);
    index.number(length);
    index.byte(LF);
  }
}

function readerOf(mapping: string, source: number) {
  const known = parseMapping(mapping, `the mapping of source ${source}`);
  const { reader } = resolveMapping(known);
  // Records of a JSON document stand alone, and so do wrapped ones.
  return { reader, hasHead: reader !== "json" && reader !== "jsonl" && known.wrapped === undefined };
}

/** What stands between records in its file of `lines/`: headers, where the last one above a record gives it its meaning. */
export function copiedDirectives(caseFile: Case, source: number): Directive[] {
  const { mapping, headers } = sourceRow(caseFile.db, source);
  if (readerOf(mapping, source).reader !== "headers") return [...laterHeaders(headers)];
  const whole = openOriginal(caseFile, source);
  try {
    return [...directives(whole, whole.bytes)];
  } finally {
    whole.close();
  }
}

/** Bytes of the original with which its file in `lines/` begins. */
export function copiedHead(caseFile: Case, source: number): number {
  const { reader, hasHead } = readerOf(sourceRow(caseFile.db, source).mapping, source);
  return reader !== "headers" && hasHead ? headLength(caseFile, source) : 0;
}

/** A table's headers further down, each above the rows that are read by it. */
function* laterHeaders(stored: string | null): Generator<Directive> {
  yield* JSON.parse(stored ?? "[]") as Directive[];
}

/** The lines stay in their own encoding, and so does what ends them. */
export const lineFeedIn = (encoding: string): Buffer =>
  Buffer.from(encoding === "utf-16le" ? [10, 0] : encoding === "utf-16be" ? [0, 10] : [10]);

/** Bytes before the first record of a source, whatever became of it. */
function headLength(caseFile: Case, source: number): number {
  const first = caseFile.db
    .prepare(
      'select min(o) from (select min("offset") as o from event_row where source = @source union all select min("offset") from reject where source = @source)',
    )
    .pluck()
    .get({ source }) as number | null;
  return first ?? 0;
}
