import { contains } from "../../../../shared/filter/match.ts";
import type { Segments } from "../../../../shared/filter/tree.ts";
import { decodeText } from "../../../platform/encodings/encoding.ts";
import type { Encoding } from "../../../platform/encodings/transcoder.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { RecordReader } from "../../contents/record-reader.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { readLineBatches } from "../extract/read-extract.ts";

/** Whether the original line of a call holds a text. */
export type TextHits = (text: Segments, source: number, offset: number) => boolean;

/** Looks for texts in the lines of a bundle, each read once. Held is where the texts were found. */
export async function textHits(
  bag: Bag,
  sources: readonly SourceRecord[],
  texts: readonly Segments[],
): Promise<TextHits> {
  const sought = texts.map((text) => ({ holds: contains(text), hits: new Map<number, Set<number>>() }));
  const encodings = new Map(sources.map(({ source, encoding }) => [source, encoding as Encoding]));
  let reader: RecordReader | undefined;
  let of = -1;
  let row = 0;
  for await (const lines of readLineBatches(bag, "lines/index.csv"))
    for (const line of lines) {
      row += 1;
      if (row === 1) continue;
      const [, at, source, , offset, length] = line.split(",").map(Number);
      if (at === undefined || source === undefined || offset === undefined || length === undefined) continue;
      if (source !== of) {
        await reader?.close();
        reader = new RecordReader(bag.files.read(`data/extract/lines/source-${source}.txt`));
        of = source;
      }
      const bytes = reader?.there(at, length) ?? (await reader?.take(at, length));
      const text = decodeText(bytes ?? Buffer.alloc(0), encodings.get(source) ?? "utf-8");
      for (const { holds, hits } of sought) {
        if (!holds(text)) continue;
        const own = hits.get(source) ?? new Set();
        hits.set(source, own.add(offset));
      }
    }
  await reader?.close();
  const byText = new Map(sought.map(({ hits }, index) => [texts[index], hits]));
  return (text, source, offset) => byText.get(text)?.get(source)?.has(offset) ?? false;
}
