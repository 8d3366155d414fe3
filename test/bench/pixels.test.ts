import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPng, written } from "./window/pixels.ts";

/** Writes a PNG with a filter for each line, as the standard's encoder does. */
function pngOf(width: number, lines: readonly { filter: number; bytes: readonly number[] }[]): Buffer {
  const head = Buffer.alloc(25);
  head.writeUInt32BE(13);
  head.writeUInt32BE(width, 8);
  head.writeUInt32BE(lines.length, 12);
  head.set([8, 2, 0, 0, 0], 16);
  const paeth = (a: number, b: number, c: number) => {
    const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
  };
  const raw = lines.flatMap(({ filter, bytes }, y) => [
    filter,
    ...bytes.map((value, x) => {
      const a = bytes[x - 3] ?? 0;
      const b = lines[y - 1]?.bytes[x] ?? 0;
      const c = x < 3 ? 0 : (lines[y - 1]?.bytes[x - 3] ?? 0);
      return (value - ([0, a, b, Math.floor((a + b) / 2), paeth(a, b, c)][filter] as number)) & 255;
    }),
  ]);
  const body = deflateSync(Buffer.from(raw));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  // signature and checksums are the browser's affair
  return Buffer.concat([Buffer.alloc(8), head, length, Buffer.from("IDAT"), body, Buffer.alloc(4)]);
}

const WIDTH = 5;
const line = fc.record({
  filter: fc.integer({ min: 0, max: 4 }),
  bytes: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: WIDTH * 3, maxLength: WIDTH * 3 }),
});

test("a screenshot is read pixel for pixel, and a line without writing is told from one with it", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 255 }), (lines, grey) => {
      const blank = { filter: 0, bytes: new Array<number>(WIDTH * 3).fill(grey) };
      const picture = readPng(pngOf(WIDTH, [...lines, blank]));
      expect([...picture.data]).toEqual([...lines, blank].flatMap(({ bytes }) => bytes));
      expect(written(picture, lines.length, lines.length + 1)).toBe(0);
      for (const [y, { bytes }] of lines.entries()) {
        const other = [1, 2, 3, 4].filter((x) => [0, 1, 2].some((c) => bytes[x * 3 + c] !== bytes[c]));
        expect(written(picture, y, y + 1)).toBe(other.length);
      }
    }),
  );
});
