import type { WrittenLines } from "../../../shared/viewer/data.ts";
import { decodeText } from "../../platform/encodings/encoding.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import { lineBatches } from "../contents/line-batches.ts";
import { RecordReader } from "../contents/record-reader.ts";
import type { SourceRecord } from "../contents/source-records.ts";

const MAX_RECORDS = 4096;
/** UTF-16 units. A record that is longer has a piece of its own. */
const MAX_UNITS = 1 << 21;

/** A file of the bundle's extract, by its name there, from its beginning. */
export type ReadExtractFile = (name: string) => AsyncIterable<Buffer>;

/** The original lines of a bundle as text, in pieces, as `lines/` has them: by source, in the order of its bytes. */
export async function* linePieces(
  read: ReadExtractFile,
  sources: readonly SourceRecord[],
): AsyncGenerator<WrittenLines> {
  const encodings = new Map(sources.map(({ source, encoding }) => [source, encoding as Encoding]));
  let reader: RecordReader | undefined;
  let [of, before, units] = [-1, -1, 0];
  let offsets: number[] = [];
  let texts: string[] = [];
  let row = 0;
  const piece = (): WrittenLines => {
    const made = { source: of, offsets, texts };
    [offsets, texts, units] = [[], [], 0];
    return made;
  };
  try {
    for await (const lines of lineBatches(read("lines/index.csv")))
      for (const line of lines) {
        row += 1;
        if (row === 1 || line === "") continue;
        const [, at = Number.NaN, source = -1, , offset = -1, length = Number.NaN] = line.split(",").map(Number);
        if (source !== of) {
          if (texts.length > 0) yield piece();
          await reader?.close();
          reader = new RecordReader(read(`lines/source-${source}.txt`));
          [of, before] = [source, -1];
        }
        // Several calls of one record share it.
        if (offset === before) continue;
        before = offset;
        const bytes = reader?.there(at, length) ?? (await reader?.take(at, length)) ?? Buffer.alloc(0);
        const text = decodeText(bytes, encodings.get(source) ?? "utf-8");
        if (texts.length > 0 && (texts.length === MAX_RECORDS || units + text.length > MAX_UNITS)) yield piece();
        offsets.push(offset);
        texts.push(text);
        units += text.length;
      }
    if (texts.length > 0) yield piece();
  } finally {
    await reader?.close();
  }
}
