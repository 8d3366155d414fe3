import { add } from "./dictionary";
import { allocate, release } from "./memory";

/** As main/intake/read/batch.ts has them. */
const END_MASK: u32 = 0x7ffffff;
const KIND_SHIFT: u32 = 27;
const PLAIN: u32 = 0;
const STRUCTURE: u32 = 3;

/** What is done with a column's plain values. */
const AS_IS: u32 = 0;
const PATH: u32 = 1;
const ADDRESS: u32 = 2;
const LIST: u32 = 3;

const ABSENT: i32 = -1;

/** The batch: its bytes, the spans (two ints an input, `stride` a row), the rows that are kept. */
let bytes: u32 = 0;
let spans: u32 = 0;
let stride: u32 = 0;
let keep: u32 = 0;
let count: u32 = 0;
/** The byte that makes a word for no value a text; below 0: there are no such words. */
let quote: i32 = -1;
/** Bytes are no valid UTF-8: every value is left to JavaScript. */
let isBroken: bool = false;
/** By row: what a column's function makes of it. Each writes from row 0 on. */
let results: u32 = 0;
let noValues: u32 = 0;

export function begin(
  bytesAt: u32,
  spansAt: u32,
  spansPerRow: u32,
  keepAt: u32,
  rows: u32,
  resultsAt: u32,
  quoteByte: i32,
  broken: bool,
): void {
  bytes = bytesAt;
  spans = spansAt;
  stride = spansPerRow << 2;
  keep = keepAt;
  count = rows;
  results = resultsAt;
  quote = quoteByte;
  isBroken = broken;
  noValues = 0;
}

/** Words for no value that were met since this was asked last. */
export function takeNoValues(): u32 {
  const met = noValues;
  noValues = 0;
  return met;
}

/** Where the span of an input of a kept row stands. */
function spanOf(k: u32, input: u32): u32 {
  return spans + load<u32>(keep + (k << 2)) * stride + (input << 3);
}

/** The words of main/intake/encode/no-values.ts. */
function isWord(p: u32, length: u32): bool {
  if (length > 6 || length === 0) return false;
  const begins = load<u8>(p);
  // N n - ( \
  if (begins !== 78 && begins !== 110 && begins !== 45 && begins !== 40 && begins !== 92) return false;
  const word = load<u64>(p) & (((<u64>1) << (length << 3)) - 1);
  return (
    word === 0x4c4c554e || // NULL
    word === 0x6c6c756e || // null
    word === 0x296c6c756e28 || // (null)
    word === 0x4e5c || // \N
    word === 0x656e6f4e || // None
    word === 0x6e616e || // nan
    word === 0x412f4e || // N/A
    word === 0x2d // -
  );
}

/** There is no value, or a word for none that does not stand in quotes. */
function isAbsent(span: u32): bool {
  const start = load<u32>(span);
  if (<i32>start < 0) return true;
  if (quote < 0 || !isWord(bytes + start, (load<u32>(span, 4) & END_MASK) - start)) return false;
  if (start > 0 && <i32>load<u8>(bytes + start - 1) === quote) return false;
  noValues++;
  return true;
}

/** As many of the first bytes as stand before a question mark or a hash. */
function beforeQuery(p: u32, length: u32): u32 {
  const question = i8x16.splat(63);
  const hash = i8x16.splat(35);
  for (let i: u32 = 0; i < length; i += 16) {
    const piece = v128.load(p + i);
    const found = <u32>i8x16.bitmask(v128.or(i8x16.eq(piece, question), i8x16.eq(piece, hash)));
    if (found !== 0) return min(length, i + ctz(found));
  }
  return length;
}

/** Figures and dots alone: no port, brackets or list are behind them. */
function isPlainAddress(p: u32, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(p + i);
    if (byte - 48 > 9 && byte !== 46) return false;
  }
  return true;
}

/** Bits by byte: those that a list keeps as they are, or splits at (main/intake/encode/plain-list.ts). */
const PLAIN_BELOW_64: u64 = (<u64>0xfffffcfa) << 32;
const PLAIN_FROM_64: u64 = ((<u64>0xd7ffffff) << 32) | 0xc7ffffff;

function isPlainInList(byte: u32): bool {
  return byte < 128 && ((byte < 64 ? PLAIN_BELOW_64 : PLAIN_FROM_64) >> (byte & 63)) & 1;
}

/** A JSON array of plain words, none of them empty, written as JSON.stringify writes it. */
function isPlainArray(p: u32, length: u32): bool {
  if (load<u8>(p) !== 91) return false;
  const end = p + length;
  for (let i = p + 1; i < end; i++) {
    if (load<u8>(i) !== 34) return false;
    const from = ++i;
    while (i < end && isPlainInList(load<u8>(i))) i++;
    if (i === from || i >= end || load<u8>(i) !== 34) return false;
    i++;
    if (i === end - 1) return load<u8>(i) === 93;
    if (i >= end || load<u8>(i) !== 44) return false;
  }
  return false;
}

/** Where values are written that a column makes of others. */
let scratch: u32 = 0;
let scratchBytes: u32 = 0;

export function scratchOf(least: u32): u32 {
  if (least > scratchBytes) {
    if (scratchBytes !== 0) release(scratch, scratchBytes);
    scratchBytes = max(least, 1 << 12);
    scratch = allocate(scratchBytes);
  }
  return scratch;
}

/** Words between separators as JSON, in `scratch`. The number of its bytes, 0 where one of them is not plain. */
function writeList(p: u32, length: u32): u32 {
  let separator: u32 = 44;
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(p + i);
    if (!isPlainInList(byte)) return 0;
    if (byte === 59) separator = 59;
  }
  const out = scratchOf((length << 2) + 8 + 16);
  let at = out;
  store<u8>(at++, 91);
  let word: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(p + i);
    if (byte === separator) {
      if (word !== 0) {
        if (isWord(word, p + i - word)) return 0;
        store<u8>(at++, 34);
      }
      word = 0;
      continue;
    }
    if (word === 0) {
      if (at > out + 1) store<u8>(at++, 44);
      store<u8>(at++, 34);
      word = p + i;
    }
    store<u8>(at++, <u8>byte);
  }
  if (word !== 0) {
    if (isWord(word, p + length - word)) return 0;
    store<u8>(at++, 34);
  }
  store<u8>(at++, 93);
  return at - out;
}

/**
 * Numbers of a column's values in its dictionary, from row `from` on: plain ones, which are the field as they are, or after
 * little work. Gives the row at which it stopped, whose value JavaScript must look at, or the number of rows. Numbers are
 * given as values come, so nothing behind such a row may be done before it.
 */
export function direct(d: u32, input: u32, how: u32, from: u32): u32 {
  for (let k = from; k < count; k++) {
    const span = spanOf(k, input);
    const result = results + (k << 2);
    if (isAbsent(span)) {
      store<i32>(result, ABSENT);
      continue;
    }
    const start = load<u32>(span);
    const end = load<u32>(span, 4);
    const length = (end & END_MASK) - start;
    const kind = end >> KIND_SHIFT;
    const p = bytes + start;
    if (kind === PLAIN && !isBroken) {
      if (how === AS_IS || (how === ADDRESS && isPlainAddress(p, length))) store<u32>(result, add(d, p, length));
      else if (how === PATH && load<u8>(p) === 47) store<u32>(result, add(d, p, beforeQuery(p, length)));
      else if (how === LIST) {
        const written = writeList(p, length);
        if (written === 0) return k;
        store<u32>(result, add(d, scratch, written));
      } else return k;
    } else if (how === LIST && kind === STRUCTURE && isPlainArray(p, length)) store<u32>(result, add(d, p, length));
    else return k;
  }
  return count;
}

/** Numbers of a column's raw values, with their kind. `dropQuery`: without the query of a URL. */
export function whole(d: u32, input: u32, dropQuery: bool): void {
  for (let k: u32 = 0; k < count; k++) {
    const span = spanOf(k, input);
    let number = ABSENT;
    if (!isAbsent(span)) {
      const p = bytes + load<u32>(span);
      const end = load<u32>(span, 4);
      const length = bytes + (end & END_MASK) - p;
      number = add(d, p, (end & ~END_MASK) | (dropQuery ? beforeQuery(p, length) : length));
    }
    store<i32>(results + (k << 2), number);
  }
}

/** As doubles: what is no whole number of at most fifteen figures is left to JavaScript. Gives how many rows these are. */
export function numbers(input: u32, rest: u32): u32 {
  let left: u32 = 0;
  for (let k: u32 = 0; k < count; k++) {
    const span = spanOf(k, input);
    const start = load<u32>(span);
    const result = results + (k << 3);
    store<f64>(result, NaN);
    if (<i32>start < 0) continue;
    const end = load<u32>(span, 4);
    const length = (end & END_MASK) - start;
    let value: u64 = 0;
    let isFigures = end >> KIND_SHIFT === PLAIN && length <= 15;
    if (isFigures) {
      const p = bytes + start;
      for (let i: u32 = 0; i < length; i++) {
        const digit = <u32>load<u8>(p + i) - 48;
        if (digit > 9) {
          isFigures = false;
          break;
        }
        value = value * 10 + digit;
      }
    }
    if (isFigures) store<f64>(result, <f64>value);
    else store<u32>(rest + (left++ << 2), k);
  }
  return left;
}

/**
 * Request ids of sixteen lower-case hex digits, as halves of a 64-bit number: results are the upper halves, then the lower
 * ones, then a byte a row (0: none). Gives false where one is of another form: JavaScript does the whole column then.
 */
export function hexIds(input: u32): bool {
  const lower = results + (count << 2);
  const forms = lower + (count << 2);
  for (let k: u32 = 0; k < count; k++) {
    const span = spanOf(k, input);
    const start = load<u32>(span);
    store<u8>(forms + k, 0);
    if (<i32>start < 0) continue;
    const end = load<u32>(span, 4);
    const length = (end & END_MASK) - start;
    if (length !== 16 || end >> KIND_SHIFT !== PLAIN) return false;
    const digits = v128.load(bytes + start);
    const figure = i8x16.sub(digits, i8x16.splat(48));
    const letter = i8x16.sub(digits, i8x16.splat(87));
    const isFigure = i8x16.lt_u(figure, i8x16.splat(10));
    const isLetter = v128.and(i8x16.lt_u(letter, i8x16.splat(16)), i8x16.gt_u(letter, i8x16.splat(9)));
    if (!i8x16.all_true(v128.or(isFigure, isLetter))) return false;
    const values = v128.or(v128.and(isFigure, figure), v128.and(isLetter, letter));
    // Of two digits the first is the upper half of a byte.
    const pairs = v128.or(i16x8.shl(v128.and(values, i16x8.splat(0x00ff)), 4), i16x8.shr_u(values, 8));
    const id = bswap<u64>(i64x2.extract_lane(i8x16.narrow_i16x8_u(pairs, pairs), 0));
    store<u32>(results + (k << 2), <u32>(id >> 32));
    store<u32>(lower + (k << 2), <u32>id);
    store<u8>(forms + k, 1);
  }
  return true;
}
