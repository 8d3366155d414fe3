import { zlibSync } from "fflate";

import type { Outline } from "./glyphs.ts";
import { pngChunk } from "./png-chunk.ts";

/** How much of a point is inked, 0 or 1. */
export type Ink = (x: number, y: number) => boolean;

/** In each pixel, one under the other, that outlines and patterns are looked at in; patterns so many side by side, too. */
const SAMPLES = 3;

/** A picture of white paper that rectangles and outlines are put on, in px of the drawing; each becomes `scale` times `scale` pixels. */
export class Picture {
  readonly #scale: number;
  readonly #width: number;
  readonly #height: number;
  /** Red, green, blue of each. */
  readonly #pixels: Uint8ClampedArray;

  constructor(width: number, height: number, scale: number) {
    this.#scale = scale;
    this.#width = width * scale;
    this.#height = height * scale;
    this.#pixels = new Uint8ClampedArray(this.#width * this.#height * 3).fill(255);
  }

  /** With a pattern of ink, or whole. A pixel is as dark as the part of it that is covered. */
  rectangle(x: number, y: number, width: number, height: number, colour: number, ink?: Ink): void {
    const scale = this.#scale;
    const [left, right, top, bottom] = [x * scale, (x + width) * scale, y * scale, (y + height) * scale];
    for (let row = Math.max(0, Math.floor(top)); row < Math.min(this.#height, bottom); row++) {
      const high = Math.min(row + 1, bottom) - Math.max(row, top);
      for (let column = Math.max(0, Math.floor(left)); column < Math.min(this.#width, right); column++) {
        const wide = Math.min(column + 1, right) - Math.max(column, left);
        this.#put(column, row, colour, high * wide * (ink === undefined ? 1 : this.#inked(column, row, ink)));
      }
    }
  }

  /** Closed lines around what is inside by the rule of windings other than none (SVG 2, section 13.4.2). */
  outlines(outlines: readonly Outline[], colour: number): void {
    const ys = outlines.flat().map(([, y]) => y * this.#scale);
    const xs = outlines.flat().map(([x]) => x * this.#scale);
    const [first, last] = [Math.floor(Math.min(...xs)), Math.max(...xs)];
    const cover = new Float32Array(this.#width);
    for (let row = Math.floor(Math.min(...ys)); row < Math.max(...ys); row++) {
      cover.fill(0, Math.max(0, first), Math.max(0, Math.ceil(last)));
      for (let sample = 0; sample < SAMPLES; sample++)
        for (const [from, to] of spansAt(outlines, (row + (sample + 0.5) / SAMPLES) / this.#scale))
          for (let left = from * this.#scale, end = to * this.#scale; left < end; ) {
            const column = Math.floor(left);
            const right = Math.min(column + 1, end);
            cover[column] = (cover[column] ?? 0) + (right - left) / SAMPLES;
            left = right;
          }
      for (let column = first; column < last; column++)
        this.#put(column, row, colour, Math.min(1, cover[column] as number));
    }
  }

  #inked(column: number, row: number, ink: Ink): number {
    let inked = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = column + ((sample % SAMPLES) + 0.5) / SAMPLES;
      const y = row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
      if (ink(x / this.#scale, y / this.#scale)) inked++;
    }
    return inked / (SAMPLES * SAMPLES);
  }

  #put(column: number, row: number, colour: number, part: number): void {
    if (part === 0 || column < 0 || row < 0 || column >= this.#width || row >= this.#height) return;
    const at = (row * this.#width + column) * 3;
    for (let band = 0; band < 3; band++) {
      const under = this.#pixels[at + band] as number;
      this.#pixels[at + band] = under + (((colour >> (16 - 8 * band)) & 255) - under) * part;
    }
  }

  /** As PNG (ISO/IEC 15948), each row by its difference to the one above. Deflated by JavaScript that is pinned: the same bytes everywhere. */
  png(): Uint8Array {
    const line = this.#width * 3;
    const rows = new Uint8Array(this.#height * (line + 1));
    for (let row = 0; row < this.#height; row++) {
      rows[row * (line + 1)] = 2;
      for (let n = 0; n < line; n++) {
        const above = row === 0 ? 0 : (this.#pixels[(row - 1) * line + n] as number);
        rows[row * (line + 1) + 1 + n] = (this.#pixels[row * line + n] as number) - above;
      }
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.#width, 0);
    header.writeUInt32BE(this.#height, 4);
    // Eight bits of red, green and blue each.
    header.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from("89504e470d0a1a0a", "hex"),
      pngChunk("IHDR", header),
      pngChunk("IDAT", zlibSync(rows, { level: 6 })),
      pngChunk("IEND", new Uint8Array(0)),
    ]);
  }
}

/** From where to where a level line is inside. */
function spansAt(outlines: readonly Outline[], y: number): (readonly [from: number, to: number])[] {
  const crossings: (readonly [x: number, turn: 1 | -1])[] = [];
  for (const outline of outlines)
    for (let at = 0; at < outline.length; at++) {
      const [ax, ay] = outline[at] as Outline[number];
      const [bx, by] = outline[(at + 1) % outline.length] as Outline[number];
      if (ay <= y !== by <= y) crossings.push([ax + ((y - ay) / (by - ay)) * (bx - ax), ay <= y ? 1 : -1]);
    }
  crossings.sort(([a], [b]) => a - b);
  const spans: (readonly [number, number])[] = [];
  let turns = 0;
  let from = 0;
  for (const [x, turn] of crossings) {
    if (turns === 0) from = x;
    turns += turn;
    if (turns === 0) spans.push([from, x]);
  }
  return spans;
}
