import { expect, test } from "vitest";
import { imported } from "../intake/imported.ts";

const content = Buffer.from("time,app\n2018-05-01T10:00:00Z,a1\n");

/** A frame of one raw block (RFC 8878, 3.1.1) whose window is 2^log bytes and so many eighths more; its length unsaid. */
function frameOf(log: number, eighths = 0): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, ((log - 10) << 3) | eighths]);
  const block = Buffer.alloc(3);
  block.writeUIntLE((content.length << 3) | 1, 0, 3);
  return Buffer.concat([header, block, content]);
}

test.each([20, 27, 28, 29])("a zstd file with a window of 2^%i bytes is read", async (log) => {
  const { events } = await imported(frameOf(log), { name: "log.csv.zst" });
  expect(events.map(({ app }) => app)).toEqual(["a1"]);
});

test.each([
  [29, 1, "576", 30],
  [30, 0, "1,024", 30],
  [31, 0, "2,048", 31],
])(
  "one with a window of 2^%i bytes and %i eighths is called sound, with the way to unpack it",
  async (log, eighths, size, option) => {
    await expect(imported(frameOf(log, eighths), { name: "log.csv.zst" })).rejects.toThrow(
      `log.csv.zst is sound but needs ${size} MiB of memory to be unpacked (zstd --long). Nothing of it was imported: unpack it with \`zstd -d --long=${option}\` and import what comes out`,
    );
  },
);

test("a large window does not matter where the content is known to be small", async () => {
  const frame = frameOf(31);
  // the descriptor says that four bytes of content size follow the window
  frame[4] = 2 << 6;
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const known = Buffer.concat([frame.subarray(0, 6), size, frame.subarray(6)]);
  const { events } = await imported(known, { name: "log.csv.zst" });
  expect(events.map(({ app }) => app)).toEqual(["a1"]);
});
