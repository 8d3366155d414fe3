import type { Chart } from "../document/tree.ts";
import { chartOnPaper, ON_PAPER } from "./chart-svg.ts";
import { latinFont } from "./fonts.ts";
import { Glyphs } from "./glyphs.ts";
import { type Ink, Picture } from "./picture.ts";

/** Pixels for each of the drawing: 185 to an inch of A4 between its margins. */
const SCALE = 2;
/** From the middle of figures and capitals down to where they stand, of one em. */
const HALF_HEIGHT = 0.36;
const BOLD = 600;
/** Places of a pattern's tile in each px. */
const FINE = 16;

let fonts: { readonly regular: Glyphs; readonly bold: Glyphs } | undefined;

/**
 * A chart as PNG, for word processors: not every one shows SVG, nor the patterns in it. It is drawn from the SVG, of which this knows
 * what charts of bars have: rectangles, level lines, patterns of rectangles and of dots, and English words.
 */
export function chartPng(chart: Chart): Uint8Array {
  fonts ??= { regular: new Glyphs(latinFont(false)), bold: new Glyphs(latinFont(true)) };
  const picture = new Picture(ON_PAPER.width, ON_PAPER.height, SCALE);
  const [drawing = "", definitions = ""] = chartOnPaper(chart).split("<defs");
  const patterns = patternsOf(definitions);
  for (const [, tag, written = "", words = ""] of drawing.matchAll(/<(path|text)\b([^>]*)>([^<]*)/gu)) {
    const attributes = attributesOf(written);
    if (tag === "text") text(picture, attributes, words);
    else shape(picture, attributes, patterns);
  }
  return picture.png();
}

type Attributes = ReadonlyMap<string, string>;

const attributesOf = (written: string): Attributes =>
  new Map(Array.from(written.matchAll(/([\w-]+)="([^"]*)"/gu), ([, name = "", value = ""]) => [name, value]));

const numbersOf = (text: string): number[] => Array.from(text.matchAll(/-?[\d.]+/gu), ([number]) => Number(number));

const movedBy = (attributes: Attributes): [x: number, y: number] => {
  const [x = 0, y = 0] = numbersOf(attributes.get("transform") ?? "");
  return [x, y];
};

const isPainted = (colour: string | undefined): colour is string => colour !== undefined && colour !== "none";
const colourOf = (colour: string): number => Number.parseInt(colour.slice(1), 16);

/** `M x y l w 0 l 0 h l -w 0 Z`, height up or down. */
const RECTANGLE = /^M(\S+) (\S+)l(\S+) 0l0 (\S+)l\S+ 0Z$/u;
const LEVEL_LINE = /^M(\S+) (\S+)L(\S+) \2$/u;
/** A whole circle, begun at its right. */
const DOT = /^M(\S+) (\S+)A(\S+) /u;

function rectangleOf(path: string): [x: number, y: number, width: number, height: number] | undefined {
  const found = RECTANGLE.exec(path);
  if (found === null) return undefined;
  const [x = 0, y = 0, width = 0, height = 0] = found.slice(1).map(Number);
  return [Math.min(x, x + width), Math.min(y, y + height), Math.abs(width), Math.abs(height)];
}

function shape(picture: Picture, attributes: Attributes, patterns: ReadonlyMap<string, Pattern>): void {
  const path = attributes.get("d") ?? "";
  const [dx, dy] = movedBy(attributes);
  const [fill, stroke] = [attributes.get("fill"), attributes.get("stroke")];
  const width = Number(attributes.get("stroke-width") ?? 1);
  const line = LEVEL_LINE.exec(path)?.slice(1).map(Number);
  if (line && isPainted(stroke)) {
    const [from = 0, y = 0, to = 0] = line;
    picture.rectangle(from, y - width / 2, to - from, width, colourOf(stroke));
    return;
  }
  const found = rectangleOf(path);
  if (!found) throw new RangeError(`a chart has a path of another kind: ${path.slice(0, 60)}`);
  const [x, y, w, h] = [found[0] + dx, found[1] + dy, found[2], found[3]];
  if (isPainted(fill) && attributes.get("fill-opacity") !== "0") {
    const pattern = patterns.get(/^url\(#(.*)\)$/u.exec(fill)?.[1] ?? "");
    // A pattern lies where its shape was moved to.
    if (pattern) picture.rectangle(x, y, w, h, pattern.colour, (px, py) => pattern.ink(px - dx, py - dy));
    else picture.rectangle(x, y, w, h, colourOf(fill));
  }
  if (!isPainted(stroke) || width === 0) return;
  const colour = colourOf(stroke);
  const half = width / 2;
  picture.rectangle(x - half, y - half, w + width, width, colour);
  picture.rectangle(x - half, y + h - half, w + width, width, colour);
  picture.rectangle(x - half, y + half, width, h - width, colour);
  picture.rectangle(x + w - half, y + half, width, h - width, colour);
}

interface Pattern {
  readonly colour: number;
  readonly ink: Ink;
}

function patternsOf(definitions: string): Map<string, Pattern> {
  const patterns = new Map<string, Pattern>();
  for (const [, written = "", content = ""] of definitions.matchAll(/<pattern\b([^>]*)>(.*?)<\/pattern>/gsu)) {
    const attributes = attributesOf(written);
    const [width, height] = [Number(attributes.get("width")), Number(attributes.get("height"))];
    const degrees = numbersOf(attributes.get("patternTransform") ?? "")[0] ?? 0;
    if (degrees !== 0 && degrees !== -45) throw new RangeError(`a pattern is turned by ${degrees} degrees`);
    const shapes = Array.from(content.matchAll(/<path\b([^>]*)>/gu), ([, path = ""]) => attributesOf(path));
    const inks = shapes.map((each) => inkOf(each.get("d") ?? ""));
    const tile = tileOf(inks, width, height);
    const [across, down] = [width * FINE, height * FINE];
    patterns.set(attributes.get("id") ?? "", {
      colour: colourOf(shapes[0]?.get("fill") ?? "#000000"),
      ink: (x, y) => {
        const [px, py] = degrees === 0 ? [x, y] : [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2];
        const column = Math.floor(px * FINE) % across;
        const row = Math.floor(py * FINE) % down;
        return tile[(row < 0 ? row + down : row) * across + (column < 0 ? column + across : column)] === 1;
      },
    });
  }
  return patterns;
}

/** A pattern's tile, looked at once. */
function tileOf(inks: readonly Ink[], width: number, height: number): Uint8Array {
  const across = width * FINE;
  const middle = (n: number) => (n + 0.5) / FINE;
  return Uint8Array.from({ length: across * height * FINE }, (_, at) =>
    inks.some((ink) => ink(middle(at % across), middle(Math.floor(at / across)))) ? 1 : 0,
  );
}

function inkOf(path: string): Ink {
  const found = rectangleOf(path);
  if (found) {
    const [left, top, width, height] = found;
    return (x, y) => x >= left && x < left + width && y >= top && y < top + height;
  }
  const dot = DOT.exec(path)?.slice(1).map(Number);
  if (!dot) throw new RangeError(`a pattern has a path of another kind: ${path.slice(0, 60)}`);
  const [right = 0, middle = 0, radius = 0] = dot;
  return (x, y) => (x - right + radius) ** 2 + (y - middle) ** 2 < radius ** 2;
}

function text(picture: Picture, attributes: Attributes, words: string): void {
  if (fonts === undefined) return;
  const font = Number(attributes.get("font-weight") ?? 0) >= BOLD ? fonts.bold : fonts.regular;
  const size = Number.parseFloat(attributes.get("font-size") ?? "0");
  const glyphs = Array.from(words, (each) => font.of(each.charCodeAt(0)));
  const length = glyphs.reduce((sum, { advance }) => sum + advance, 0) * size;
  const [dx, dy] = movedBy(attributes);
  const anchor = attributes.get("text-anchor");
  const before = anchor === "middle" ? length / 2 : anchor === "end" ? length : 0;
  let x = dx + Number(attributes.get("x") ?? 0) - before;
  const base = dy + Number(attributes.get("y") ?? 0) + HALF_HEIGHT * size;
  for (const { advance, outlines } of glyphs) {
    const placed = outlines.map((outline) => outline.map(([gx, gy]) => [x + gx * size, base - gy * size] as const));
    picture.outlines(placed, colourOf(attributes.get("fill") ?? "#000000"));
    x += advance * size;
  }
}
