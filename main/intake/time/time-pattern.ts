import { DAY } from "../../../shared/base/time.ts";
import { clockOf, daysOf, MONTHS, microsOf } from "./calendar.ts";
import { offsetOf, type Zone } from "./zone.ts";

/** A reading: microseconds on the local clock, and the offset it states itself (NaN: none). */
export interface Reading {
  local: number;
  offset: number;
  /** The source's zone. It says what a word means that several zones have. */
  readonly zone?: Zone | undefined;
  /** A word behind the time that names no one zone, where that is why the text is no time. */
  unknownZone?: string;
  /** Whether a bare number can be this instant. Absent: any can. */
  isBelieved?(instant: number, number: number): boolean;
}

const FIELD = /y+|M+|d+|D+|H+|h+|m+|s+|S+|a+|E+|Z+|X+|x+|z+|'(?:[^']|'')*'|[^A-Za-z']+/gu;

interface Token {
  readonly letter: string;
  readonly pattern: RegExp;
}

const digits = (low: number, high: number) => new RegExp(`\\d{${low},${high}}`, "uy");
const NAME = /[\p{L}.]+/uy;
const OFFSET = /Z|[+-]\d\d:?\d\d|UTC|GMT/uy;

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, "\\$&");

function tokenOf(piece: string): Token | undefined {
  const letter = piece[0] as string;
  const count = piece.length;
  if (letter === "'")
    return { letter: "", pattern: new RegExp(literal(piece.slice(1, -1).replaceAll("''", "'") || "'"), "uy") };
  switch (letter) {
    case "y":
      return count === 2 || count === 4
        ? { letter: count === 2 ? "yy" : "y", pattern: digits(count, count) }
        : undefined;
    case "M":
      if (count > 4) return undefined;
      return count > 2 ? { letter: "MMM", pattern: NAME } : { letter: "M", pattern: digits(count, 2) };
    case "d":
    case "H":
    case "h":
    case "m":
    case "s":
      return count <= 2 ? { letter, pattern: digits(count, 2) } : undefined;
    case "D":
      return { letter, pattern: digits(count === 3 ? 3 : 1, 3) };
    case "S":
      return { letter, pattern: digits(1, 12) };
    case "a":
      return { letter, pattern: /[AP]\.?M\.?/iuy };
    case "E":
      return { letter: "", pattern: NAME };
    case "Z":
    case "X":
    case "x":
    case "z":
      return { letter: "Z", pattern: OFFSET };
    default:
      return { letter: "", pattern: new RegExp(literal(piece), "uy") };
  }
}

/** A pattern such as `dd/MMM/yyyy:HH:mm:ss Z`, compiled. English month names; `S` any number of digits; `'text'` as it is. */
export class TimePattern {
  readonly #tokens: Token[] = [];

  /** @throws Error whose message names the part that means nothing */
  constructor(pattern: string) {
    let at = 0;
    for (const match of pattern.matchAll(FIELD)) {
      const token = match.index === at ? tokenOf(match[0]) : undefined;
      if (!token) break;
      this.#tokens.push(token);
      at += match[0].length;
    }
    if (at < pattern.length)
      throw new Error(`"${pattern.slice(at)}" at character ${at + 1} is not part of a time pattern`);
    const letters = new Set(this.#tokens.map((token) => token.letter));
    const dated =
      (letters.has("y") || letters.has("yy")) &&
      (letters.has("D") || ((letters.has("M") || letters.has("MMM")) && letters.has("d")));
    if (!dated) throw new Error(`"${pattern}" does not give year, month and day`);
    if (letters.has("h") && !letters.has("a")) throw new Error(`"${pattern}" has a 12-hour clock (h) without a`);
  }

  /** False where the text is not of this pattern, whole. */
  read(text: string, reading: Reading): boolean {
    let at = 0;
    const value: Record<string, string> = {};
    for (const { letter, pattern } of this.#tokens) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match) return false;
      at = pattern.lastIndex;
      if (letter) value[letter] = match[0];
    }
    if (at !== text.length) return false;
    const short = Number(value.yy ?? 0);
    const year = value.y ? Number(value.y) : short + (short < 70 ? 2000 : 1900);
    const month = value.MMM ? MONTHS.indexOf(value.MMM.slice(0, 3).toLowerCase()) + 1 : Number(value.M ?? 1);
    const days = value.D && !value.d ? daysOf(year, 1, 1) + Number(value.D) - 1 : daysOf(year, month, Number(value.d));
    let hour = Number(value.H ?? value.h ?? 0);
    if (value.a) {
      if (hour < 1 || hour > 12) return false;
      hour = (hour % 12) + (/^p/iu.test(value.a) ? 12 : 0);
    }
    const second = Number(value.s ?? 0);
    reading.local = days * DAY + clockOf(hour, Number(value.m ?? 0), second, microsOf(value.S));
    reading.offset = value.Z ? (offsetOf(value.Z) ?? Number.NaN) : Number.NaN;
    return !Number.isNaN(reading.local);
  }
}
