import { isUtf8 } from "node:buffer";
import { decodeText } from "../../platform/encodings/encoding.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import { RecordReader } from "../contents/record-reader.ts";
import type { SourceRecord } from "../contents/source-records.ts";
import { COMMA, LF, wholeNumbers } from "../rows/plain-bytes.ts";
import { wholeLines } from "../rows/whole-lines.ts";
import { LinePiece, type PackedPiece } from "./line-piece.ts";

/** A file of the bundle's extract, by its name there, from its beginning. */
export type ReadExtractFile = (name: string) => AsyncIterable<Buffer>;

/** The original lines of a bundle as text, in pieces, as `lines/` has them: by source, in the order of its bytes. */
export async function* linePieces(
  read: ReadExtractFile,
  sources: readonly SourceRecord[],
): AsyncGenerator<PackedPiece> {
  const encodings = new Map(sources.map(({ source, encoding }) => [source, encoding as Encoding]));
  const piece = new LinePiece();
  let reader: RecordReader | undefined;
  let [of, before] = [-1, -1];
  let row = 0;
  try {
    for await (const lines of wholeLines(read("lines/index.csv")))
      for (let from = 0, to = 0; from < lines.length; from = to + 1) {
        const end = lines.indexOf(LF, from);
        to = end < 0 ? lines.length : end;
        row += 1;
        if (row === 1 || from === to) continue;
        const [at, source, offset, length] = placeIn(lines, from, to);
        if (source !== of) {
          if (piece.records > 0) yield piece.take();
          await reader?.close();
          reader = new RecordReader(read(`lines/source-${source}.txt`));
          [of, before] = [source, -1];
        }
        // Several calls of one record share it.
        if (offset === before) continue;
        before = offset;
        const bytes = reader?.there(at, length) ?? (await reader?.take(at, length)) ?? Buffer.alloc(0);
        const text = utf8Of(bytes, encodings.get(source) ?? "utf-8");
        if (!piece.hasRoomFor(text)) yield piece.take();
        piece.add(source, offset, text);
      }
    if (piece.records > 0) yield piece.take();
  } finally {
    await reader?.close();
  }
}

/** The numbers of a row of lines/index.csv. */
const cells = new Float64Array(5);

function placeIn(
  bytes: Buffer,
  from: number,
  to: number,
): [at: number, source: number, offset: number, length: number] {
  if (wholeNumbers(bytes, bytes.indexOf(COMMA, from) + 1, to, cells)) {
    const [at, source, , offset, length] = cells as unknown as [number, number, number, number, number];
    return [at, source, offset, length];
  }
  // What is wrong with it, another check says.
  const [, at = Number.NaN, source = -1, , offset = -1, length = Number.NaN] = bytes
    .toString("utf8", from, to)
    .split(",")
    .map(Number);
  return [at, source, offset, length];
}

const utf8Of = (bytes: Buffer, encoding: Encoding): Buffer =>
  encoding === "utf-8" && isUtf8(bytes) ? bytes : Buffer.from(decodeText(bytes, encoding), "utf8");
