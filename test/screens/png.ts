import { deflateSync, inflateSync } from "node:zlib";
import { pngChunk } from "../../main/bundle/report/print/png-chunk.ts";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

/**
 * The same picture with 256 colours, a third of the size: those used most, and those that the others would miss most. For
 * Chromium's screenshots: 8 bits, RGB, not interlaced.
 */
export function withFewColours(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = choose([...counts].sort((a, b) => b[1] - a[1]));
  const index = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + x + 1] = index.get(pixels[y * width + x] as number) as number;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const parts = [pngChunk("IHDR", head), pngChunk("PLTE", colours), pngChunk("IDAT", deflateSync(rows, { level: 9 }))];
  return Buffer.concat([SIGNATURE, ...parts, pngChunk("IEND", Buffer.alloc(0))]);
}

/** 0xRRGGBB. `byUse`: colours with the number of their pixels, most used first. */
function choose(byUse: readonly (readonly [colour: number, pixels: number])[]): number[] {
  const palette = byUse.slice(0, 192).map(([colour]) => colour);
  const rest = byUse.slice(192).map(([colour, pixels]) => ({ colour, pixels, far: 0 }));
  for (const each of rest) each.far = distance(each.colour, palette[nearest(palette, each.colour)] as number);
  while (palette.length < 256 && rest.length > 0) {
    const most = rest.reduce((a, b) => (b.pixels * b.far > a.pixels * a.far ? b : a));
    if (most.far === 0) break;
    palette.push(most.colour);
    for (const each of rest) each.far = Math.min(each.far, distance(each.colour, most.colour));
  }
  return palette;
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (let at = 1; at < palette.length; at++)
    if (distance(palette[at] as number, colour) < distance(palette[best] as number, colour)) best = at;
  return best;
}

function distance(a: number, b: number): number {
  const part = (shift: number) => ((a >> shift) & 255) - ((b >> shift) & 255);
  return part(16) ** 2 + part(8) ** 2 + part(0) ** 2;
}

function decode(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (png[24] !== 8 || png[25] !== 2 || png[28] !== 0) throw new Error("not the kind of PNG that Chromium writes");
  const raw = inflateSync(Buffer.concat(data));
  const line = width * 3;
  const bytes = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)] as number;
    for (let x = 0; x < line; x++) {
      const at = y * line + x;
      const left = x < 3 ? 0 : (bytes[at - 3] as number);
      const up = y === 0 ? 0 : (bytes[at - line] as number);
      const corner = x < 3 || y === 0 ? 0 : (bytes[at - line - 3] as number);
      bytes[at] = (raw[at + y + 1] as number) + predicted(filter, left, up, corner);
    }
  }
  return {
    width,
    height,
    pixels: Uint32Array.from({ length: width * height }, (_, at) => bytes.readUIntBE(at * 3, 3)),
  };
}

/** RFC 2083, section 6. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
