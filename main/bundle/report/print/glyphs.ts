/** Outlines of a TrueType font (OpenType 1.9: cmap of format 4, glyf, hmtx), as far as English words and figures need them. */

/** A closed line through points, in units of one em, y upwards. */
export type Outline = readonly (readonly [x: number, y: number])[];

export interface Glyph {
  /** How far the next one stands from it. */
  readonly advance: number;
  readonly outlines: readonly Outline[];
}

/** Straight pieces that a curve is drawn with. */
const PIECES = 4;
const ON_CURVE = 1;
const X_SHORT = 2;
const Y_SHORT = 4;
const REPEATED = 8;
const X_SAME = 16;
const Y_SAME = 32;

export class Glyphs {
  readonly #font: DataView;
  readonly #tables = new Map<string, number>();
  readonly #known = new Map<number, Glyph>();
  readonly #em: number;
  readonly #isLong: boolean;
  readonly #metrics: number;

  constructor(font: Uint8Array) {
    this.#font = new DataView(font.buffer, font.byteOffset, font.byteLength);
    for (let at = 12, left = this.#font.getUint16(4); left > 0; at += 16, left--)
      this.#tables.set(String.fromCharCode(...font.subarray(at, at + 4)), this.#font.getUint32(at + 8));
    this.#em = this.#font.getUint16(this.#table("head") + 18);
    this.#isLong = this.#font.getInt16(this.#table("head") + 50) === 1;
    this.#metrics = this.#font.getUint16(this.#table("hhea") + 34);
  }

  /** Of a character of the first plane. */
  of(character: number): Glyph {
    const known = this.#known.get(character);
    if (known) return known;
    const index = this.#indexOf(character);
    const advance = this.#font.getUint16(this.#table("hmtx") + 4 * Math.min(index, this.#metrics - 1)) / this.#em;
    const glyph = { advance, outlines: this.#outlines(index) };
    this.#known.set(character, glyph);
    return glyph;
  }

  #table(name: string): number {
    const at = this.#tables.get(name);
    if (at === undefined) throw new RangeError(`the font has no table ${name}`);
    return at;
  }

  #indexOf(character: number): number {
    const font = this.#font;
    const cmap = this.#table("cmap");
    for (let table = 0; table < font.getUint16(cmap + 2); table++) {
      const at = cmap + font.getUint32(cmap + 4 + table * 8 + 4);
      if (font.getUint16(at) !== 4) continue;
      const size = font.getUint16(at + 6);
      for (let segment = 0; segment < size; segment += 2) {
        if (font.getUint16(at + 14 + segment) < character) continue;
        const first = font.getUint16(at + 16 + size + segment);
        if (first > character) return 0;
        const delta = font.getUint16(at + 16 + 2 * size + segment);
        const place = at + 16 + 3 * size + segment;
        const offset = font.getUint16(place);
        if (offset === 0) return (character + delta) & 0xffff;
        const index = font.getUint16(place + offset + 2 * (character - first));
        return index === 0 ? 0 : (index + delta) & 0xffff;
      }
    }
    return 0;
  }

  #outlines(index: number): Outline[] {
    const font = this.#font;
    const [loca, glyf] = [this.#table("loca"), this.#table("glyf")];
    const place = (glyph: number) =>
      this.#isLong ? font.getUint32(loca + 4 * glyph) : 2 * font.getUint16(loca + 2 * glyph);
    if (place(index) === place(index + 1)) return [];
    const at = glyf + place(index);
    const contours = font.getInt16(at);
    return contours < 0 ? this.#joined(at + 10) : this.#simple(at + 10, contours);
  }

  /** Of other glyphs, each moved. Those that are scaled, or are set by points, are none of ours. */
  #joined(begin: number): Outline[] {
    const font = this.#font;
    const outlines: Outline[] = [];
    for (let at = begin, more = true; more; ) {
      const flags = font.getUint16(at);
      const [areWords, areOffsets] = [flags & 1, flags & 2];
      if (areOffsets === 0 || (flags & 0xc8) !== 0) throw new RangeError("a glyph is joined in another way");
      const dx = (areWords ? font.getInt16(at + 4) : font.getInt8(at + 4)) / this.#em;
      const dy = (areWords ? font.getInt16(at + 6) : font.getInt8(at + 5)) / this.#em;
      for (const outline of this.#outlines(font.getUint16(at + 2)))
        outlines.push(outline.map(([x, y]) => [x + dx, y + dy] as const));
      more = (flags & 32) !== 0;
      at += areWords ? 8 : 6;
    }
    return outlines;
  }

  #simple(begin: number, contours: number): Outline[] {
    const font = this.#font;
    const count = font.getUint16(begin + 2 * contours - 2) + 1;
    let at = begin + 2 * contours + 2 + font.getUint16(begin + 2 * contours);
    const flags: number[] = [];
    while (flags.length < count) {
      const flag = font.getUint8(at++);
      flags.push(flag);
      if (flag & REPEATED) for (let left = font.getUint8(at++); left > 0; left--) flags.push(flag);
    }
    const numbers = (short: number, same: number) => {
      let value = 0;
      return flags.map((flag) => {
        if (flag & short) value += flag & same ? font.getUint8(at++) : -font.getUint8(at++);
        else if (!(flag & same)) {
          value += font.getInt16(at);
          at += 2;
        }
        return value / this.#em;
      });
    };
    const xs = numbers(X_SHORT, X_SAME);
    const ys = numbers(Y_SHORT, Y_SAME);
    let first = 0;
    return Array.from({ length: contours }, (_, contour) => {
      const last = font.getUint16(begin + 2 * contour);
      const points = Array.from({ length: last - first + 1 }, (_, n) => ({
        ...{ x: xs[first + n] as number, y: ys[first + n] as number },
        isOn: ((flags[first + n] as number) & ON_CURVE) !== 0,
      }));
      first = last + 1;
      return straightened(points);
    });
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly isOn: boolean;
}

/** Quadratic curves as straight pieces. Between two points beside the curve lies one on it, in their middle. */
function straightened(points: readonly Point[]): Outline {
  const whole = points.flatMap((point, at): Point[] => {
    const next = points[(at + 1) % points.length] as Point;
    return point.isOn || next.isOn
      ? [point]
      : [point, { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, isOn: true }];
  });
  const start = whole.findIndex(({ isOn }) => isOn);
  const line: [number, number][] = [];
  for (let n = 0; n < whole.length; n++) {
    const point = whole[(start + n) % whole.length] as Point;
    if (point.isOn) {
      line.push([point.x, point.y]);
      continue;
    }
    const [from, to] = [whole[(start + n - 1) % whole.length] as Point, whole[(start + n + 1) % whole.length] as Point];
    for (let piece = 1; piece < PIECES; piece++) {
      const t = piece / PIECES;
      const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t ** 2 * c;
      line.push([mix(from.x, point.x, to.x), mix(from.y, point.y, to.y)]);
    }
  }
  return line;
}
