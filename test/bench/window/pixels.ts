import { inflateSync } from "node:zlib";

/** A screenshot: RGB or RGBA of 8 bits, not interlaced, as browsers write it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Bytes a pixel. */
  readonly step: number;
  readonly data: Uint8Array;
}

/** @throws Error for any other kind of PNG */
export function readPng(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, colour, , , interlaced] = png.subarray(24, 29);
  const step = colour === 2 ? 3 : colour === 6 ? 4 : 0;
  if (depth !== 8 || step === 0 || interlaced !== 0) throw new Error("a screenshot of an unknown kind");
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * step;
  const data = new Uint8Array(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)] as number;
    for (let x = 0; x < line; x += 1) {
      const left = x < step ? 0 : (data[y * line + x - step] as number);
      const up = y === 0 ? 0 : (data[(y - 1) * line + x] as number);
      const corner = x < step || y === 0 ? 0 : (data[(y - 1) * line + x - step] as number);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] as number;
      data[y * line + x] = (raw[y * (line + 1) + 1 + x] as number) + guess;
    }
  }
  return { width, height, step, data };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** How many pixels between two lines differ from the first of their line: 0, nothing is written there. */
export function written({ width, step, data }: Picture, from: number, to: number): number {
  let count = 0;
  for (let y = from; y < to; y += 1) {
    const begin = y * width * step;
    for (let x = 1; x < width; x += 1)
      for (let c = 0; c < 3; c += 1)
        if (data[begin + x * step + c] !== data[begin + c]) {
          count += 1;
          break;
        }
  }
  return count;
}
