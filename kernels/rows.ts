/**
 * Rows as records of SQLite's file format (https://www.sqlite.org/fileformat2.html), a leaf page at once. As
 * main/intake/store/pack-rows.ts does it, each record is written from its last value to its first.
 */
const PAGE_BYTES: u32 = 1 << 16;
const LEAF_TYPE: u8 = 0x0d;
const LEAF_HEADER_BYTES: u32 = 8;
/** Of the record, all columns but a text; of what stands before it: its length and its id. */
const COLUMNS: u32 = 25;
const HEADER_BYTES: u32 = COLUMNS + 1;
const MAX_CELL_BYTES: u32 = HEADER_BYTES + COLUMNS * 8 + 3 + 9;

/** What a column is, in the first of the two ints that describe it (0: absent); the second is where its values lie. Of 32 bits; below 0: absent. */
const INTS: u32 = 1;
/** Doubles; no number: absent. */
const NUMBERS: u32 = 2;
const BYTES: u32 = 3;
/** One double for all rows. */
const CONSTANT: u32 = 4;
/** Upper halves of all rows, then lower ones, then a byte a row: 0 where it has none. */
const IDS: u32 = 5;

const NULL: u8 = 0;
const DOUBLE: u8 = 7;

/** Serial types of one record, by column. */
const TYPES: usize = memory.data(32, 8);

/** A whole number in as few bytes as it takes, so that it ends at `at`. Gives where it begins. */
function putWhole(value: i64, at: u32, column: u32): u32 {
  if (value === 0 || value === 1) {
    store<u8>(TYPES + column, 8 + <u8>value);
    return at;
  }
  const bits = 64 - <u32>clz(value < 0 ? ~value : value);
  const bytes = (bits + 8) >> 3;
  // Those too many are of what comes next.
  store<u64>(at - 8, bswap<u64>(value));
  if (bytes <= 4) {
    store<u8>(TYPES + column, <u8>bytes);
    return at - bytes;
  }
  store<u8>(TYPES + column, bytes <= 6 ? 5 : 6);
  return at - (bytes <= 6 ? 6 : 8);
}

function putNumber(value: f64, at: u32, column: u32): u32 {
  if (trunc<f64>(value) === value) return putWhole(<i64>value, at, column);
  if (value < 0 || value > 0) {
    store<u8>(TYPES + column, DOUBLE);
    store<u64>(at - 8, bswap<u64>(reinterpret<u64>(value)));
    return at - 8;
  }
  store<u8>(TYPES + column, NULL);
  return at;
}

/** Value of one row and column, so that it ends at `at`. */
function put(kind: u32, values: u32, k: u32, rows: u32, at: u32, column: u32): u32 {
  if (kind === INTS) {
    const value = load<i32>(values + (k << 2));
    if (value > 1) {
      const bytes = (40 - <u32>clz(value)) >> 3;
      store<u8>(TYPES + column, <u8>bytes);
      store<u32>(at - 4, bswap<u32>(value));
      return at - bytes;
    }
    if (value >= 0) return putWhole(value, at, column);
  } else if (kind === NUMBERS) return putNumber(load<f64>(values + (k << 3)), at, column);
  else if (kind === BYTES) return putWhole(load<u8>(values + k), at, column);
  else if (kind === CONSTANT) return putNumber(load<f64>(values), at, column);
  else if (kind === IDS && load<u8>(values + (rows << 3) + k) !== 0) {
    const high = <i64>load<i32>(values + (k << 2));
    return putWhole((high << 32) | <i64>load<u32>(values + (rows << 2) + (k << 2)), at, column);
  }
  store<u8>(TYPES + column, NULL);
  return at;
}

function varintLength(value: u64): u32 {
  let length: u32 = 1;
  for (let rest = value >> 7; rest !== 0; rest >>= 7) length++;
  return length;
}

/** So that it ends at `at`. Gives where it begins. */
function putVarint(value: u64, at: u32): u32 {
  const start = at - varintLength(value);
  let rest = value;
  for (let p = at - 1; p >= start; p--) {
    store<u8>(p, <u8>(rest & 0x7f) | (p === at - 1 ? 0 : 0x80));
    rest >>= 7;
  }
  return start;
}

/** Fills a page with rows from `from` on, as many as it takes. Gives how many. `columns`: two ints a column. */
export function leaf(columns: u32, from: u32, rows: u32, firstId: f64, page: u32): u32 {
  let content = page + PAGE_BYTES;
  let k = from;
  let pointer = page + LEAF_HEADER_BYTES;
  for (; k < rows && content - MAX_CELL_BYTES - 8 >= pointer + 2; k++) {
    let at = content;
    for (let column = COLUMNS; column > 0; ) {
      column--;
      const about = columns + (column << 3);
      at = put(load<u32>(about), load<u32>(about, 4), k, rows, at, column);
    }
    at -= COLUMNS;
    // 25 bytes, those in the middle twice.
    v128.store(at, v128.load(TYPES));
    v128.store(at + COLUMNS - 16, v128.load(TYPES + COLUMNS - 16));
    at--;
    store<u8>(at, <u8>HEADER_BYTES);
    const length = content - at;
    content = putVarint(length, putVarint(<u64>firstId + <u64>(k - from), at));
    store<u16>(pointer, bswap<u16>(<u16>(content - page)));
    pointer += 2;
  }
  // Nothing of an earlier page may reach the file.
  memory.fill(pointer, 0, content - pointer);
  const cells = <u16>(k - from);
  store<u8>(page, LEAF_TYPE);
  store<u16>(page + 1, 0);
  store<u16>(page + 3, bswap<u16>(cells));
  store<u16>(page + 5, bswap<u16>(<u16>(content - page)));
  store<u8>(page + 7, 0);
  return k - from;
}
