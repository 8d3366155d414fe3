import { expect, test, vi } from "vitest";
import { ByteRecords } from "../../../../main/bundle/rows/byte-records.ts";

const reading = (pieces: readonly Buffer[]) =>
  new ByteRecords(
    (async function* () {
      yield* pieces;
    })(),
  );

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

test("a record whose quotes are never closed is all that is left, and is not copied for each of its pieces", async () => {
  const piece = Buffer.from('""\n'.repeat(1 << 12));
  const csv = reading([Buffer.from('1\n"'), ...Array.from({ length: 1 << 8 }, () => piece)]);
  expect(await csv.take()).toBe("1");
  const concat = vi.spyOn(Buffer, "concat");
  expect((await csv.take())?.length).toBe(1 + (piece.length << 8));
  expect(concat.mock.calls.length).toBeLessThan(12);
});
