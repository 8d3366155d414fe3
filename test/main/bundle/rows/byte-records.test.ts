import { expect, test } from "vitest";
import { ByteRecords } from "../../../../main/bundle/rows/byte-records.ts";
import { wholeLines } from "../../../../main/bundle/rows/whole-lines.ts";

async function* each(pieces: readonly Buffer[]) {
  yield* pieces;
}
const reading = (pieces: readonly Buffer[]) => new ByteRecords(each(pieces));

test("records, wherever the file is cut, with line breaks inside quotes", async () => {
  const records = ["event,time", '1,"a\nb ""c"""', "2,x", '3,"é\n\n"', "4"];
  const text = Buffer.from(`\uFEFF${records.join("\n")}`);
  for (let cut = 0; cut < text.length; cut += 1) {
    const csv = reading([text.subarray(0, cut), text.subarray(cut)]);
    const found: string[] = [];
    for (let record = await csv.take(); record !== undefined; record = await csv.take()) found.push(record);
    expect(found).toEqual(records);
  }
});

test("a record whose quotes are never closed is all that is left", async () => {
  const piece = Buffer.from('""\n'.repeat(1 << 12));
  const csv = reading([Buffer.from('1\n"'), ...Array.from({ length: 1 << 8 }, () => piece)]);
  expect(await csv.take()).toBe("1");
  expect((await csv.take())?.length).toBe(1 + (piece.length << 8));
  expect(await csv.take()).toBe(undefined);
});

test("whole lines, wherever the file is cut", async () => {
  const text = Buffer.from(`a\n\nlonger é\n${"x".repeat(9)}\nlast`);
  for (let cut = 0; cut < text.length; cut += 1) {
    const found: string[] = [];
    const pieces = [text.subarray(0, cut), text.subarray(cut, cut + 1), text.subarray(cut + 1)];
    for await (const lines of wholeLines(each(pieces))) found.push(lines.toString());
    expect(found.join("")).toBe(text.toString());
    for (const lines of found.slice(0, -1)) expect(lines.endsWith("\n")).toBe(true);
  }
});
