import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceRecord } from "../../../../main/bundle/contents/source-records.ts";
import { linePieces } from "../../../../main/bundle/viewer/line-pieces.ts";
import { packedScript } from "../../../../main/bundle/viewer/packed-script.ts";
import { decodeText } from "../../../../main/platform/encodings/encoding.ts";
import type { Encoding } from "../../../../main/platform/encodings/transcoder.ts";
import type { Loaded } from "../../../../shared/viewer/data.ts";
import { readLines, textAt } from "../../../../viewer/data/lines.ts";
import { read } from "../../../viewer/data-of.ts";

/** The lines as the page reads them, and the scripts that hold them. */
async function linesOf(
  records: readonly Buffer[],
  encoding: Encoding,
): Promise<{ texts: string[]; scripts: string[]; counts: number[] }> {
  const [rows, file] = [["file,at,source,line,offset,length"], [] as Buffer[]];
  let at = 0;
  for (const [number, record] of records.entries()) {
    rows.push(`source-1.txt,${at},1,${number + 2},${at + 7},${record.length}`);
    file.push(record, Buffer.from("\n"));
    at += record.length + 1;
  }
  const files = new Map([
    ["lines/index.csv", Buffer.from(`${rows.join("\n")}\n`)],
    ["lines/source-1.txt", Buffer.concat(file)],
  ]);
  const pieces = linePieces(
    async function* (name) {
      yield files.get(name) as Buffer;
    },
    [{ source: 1, encoding } as SourceRecord],
  );
  const [texts, scripts, counts] = [[] as string[], [] as string[], [] as number[]];
  for await (const { lines: written, bytes } of pieces) {
    const script = packedScript("lines-0", written, bytes).toString();
    const lines = await readLines(async <Value>() => read(script) as Loaded<Value>, 0);
    expect([lines.source, lines.offsets[0], lines.ends.length]).toEqual([1, written.first, written.records]);
    texts.push(...Array.from({ length: written.records }, (_, record) => textAt(lines, record)));
    scripts.push(script);
    counts.push(written.records);
  }
  return { texts, scripts, counts };
}

test("a line is on the page what its bytes are in its encoding, whatever stands in it, and ends no script", async () => {
  const text = fc.constantFrom(
    "</script><!--",
    "\u2028\u2029",
    '{"a":"\\\\\\"<"}',
    "\uFEFFé日本\u{1F600}",
    "\u0000\b\t\r\u007F",
  );
  const record = fc.oneof(
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
    fc.array(text, { maxLength: 3 }).map((parts) => Buffer.from(parts.join(""))),
  );
  const encoding = fc.constantFrom<Encoding>("utf-8", "utf-8", "windows-1252", "utf-16le");
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), encoding, async (records, each) => {
      const { texts, scripts } = await linesOf(records, each);
      expect(texts).toEqual(records.map((bytes) => decodeText(bytes, each)));
      expect(scripts.join("")).not.toMatch(/[<\u2028\u2029]/u);
    }),
    { numRuns: 60 },
  );
});

test("a piece has 4,096 records at most, and a long one stands alone", async () => {
  const { counts } = await linesOf(
    [Buffer.alloc(5 << 20, "é"), ...Array.from({ length: 4097 }, () => Buffer.from("x"))],
    "utf-8",
  );
  expect(counts).toEqual([1, 4096, 1]);
});
