import { allocate, isRoomy, release } from "./memory";

/**
 * Distinct byte strings with a tag, numbered from 0 as they come: `main/intake/encode/dictionary/byte-dictionary.ts` in linear memory.
 *
 * A dictionary is a header of so many ints. A slot of its table is
 *   u32 upper half of the hash, u32 number + 1 (0: empty)
 * An entry, by number, holds the first and the last eight bytes of a value, so that up to sixteen bytes are compared without a
 * look at the arena:
 *   u64 first, u64 last, u32 start in the arena, u32 length | tag << 27
 */
const TABLE: u32 = 0;
const BITS: u32 = 4;
const SIZE: u32 = 8;
const ENTRIES: u32 = 12;
const CAPACITY: u32 = 16;
const ARENA: u32 = 20;
const USED: u32 = 24;
const ROOM: u32 = 28;
const HEADER_BYTES: u32 = 64;

const SLOT_SHIFT: u32 = 3;
const NUMBER: u32 = 4;
const ENTRY_BYTES: u32 = 24;
const START: u32 = 16;
const PACKED: u32 = 20;
const LENGTH: u32 = 0x7ffffff;

const FIRST_BITS: u32 = 4;
const FIRST_CAPACITY: u32 = 8;
const FIRST_ROOM: u32 = 256;
/**
 * From this size on memory is taken at once for all that an import lets a dictionary hold (main/intake/encode/text-column.ts):
 * what is not used of it costs nothing, while a piece that was outgrown would stay.
 */
const LARGE_BYTES: u32 = 1 << 20;
const MOST_ENTRY_BYTES: u32 = 16 << 20;
const MOST_ARENA_BYTES: u32 = 32 << 20;
/** Values are read eight bytes at a time, also where fewer are left. */
const SLACK: u32 = 16;

/** Words that are hashed with keys of their own before the sum is mixed. */
const LANES: u32 = 16;
/** Random numbers: of the first word, the last, length and tag, two odd ones for mixing, and of the words between. */
const KEYS: usize = memory.data((5 + 16) * 8, 8);

export function keys(): usize {
  return KEYS;
}

export function dictionary(): u32 {
  const d = allocate(HEADER_BYTES);
  memory.fill(d, 0, HEADER_BYTES);
  return d;
}

/** Gives all memory back. */
export function forget(d: u32): void {
  if (load<u32>(d, TABLE) !== 0) release(load<u32>(d, TABLE), ((<u32>1) << load<u32>(d, BITS)) << SLOT_SHIFT);
  if (load<u32>(d, CAPACITY) !== 0) release(load<u32>(d, ENTRIES), load<u32>(d, CAPACITY) * ENTRY_BYTES);
  if (load<u32>(d, ROOM) !== 0) release(load<u32>(d, ARENA), load<u32>(d, ROOM) + SLACK);
  release(d, HEADER_BYTES);
}

/** Numbers begin at 0 again. What was grown stays. */
export function clear(d: u32): void {
  store<u32>(d, 0, SIZE);
  store<u32>(d, 0, USED);
  if (load<u32>(d, TABLE) !== 0) memory.fill(load<u32>(d, TABLE), 0, ((<u32>1) << load<u32>(d, BITS)) << SLOT_SHIFT);
}

/** NH (Black and others, UMAC, 1999): two words collide for a share of 2⁻³² of all keys, whoever chose them. */
function product(word: u64, key: u64): u64 {
  return <u64>(<u32>word + <u32>key) * <u64>(<u32>(word >> 32) + <u32>(key >> 32));
}

function hashOf(p: u32, packed: u32, first: u64, last: u64): u32 {
  let hash = product(first, load<u64>(KEYS)) + product(last, load<u64>(KEYS, 8)) + <u64>packed * load<u64>(KEYS, 16);
  const length = packed & LENGTH;
  if (length > 16) {
    const end = p + length - 8;
    let key = KEYS + 40;
    for (let at = p + 8; at < end; at += 8) {
      if (key === KEYS + 40 + LANES * 8) {
        hash = (hash ^ (hash >> 32)) * load<u64>(KEYS, 24);
        key = KEYS + 40;
      }
      hash += product(load<u64>(at), load<u64>(key));
      key += 8;
    }
  }
  return <u32>(((hash ^ (hash >> 32)) * load<u64>(KEYS, 32)) >> 32);
}

/** The number of the value at `p`, a new one if it is new. Some bytes around it may be read, not used. */
export function add(d: u32, p: u32, packed: u32): u32 {
  const length = packed & LENGTH;
  const first = length >= 8 ? load<u64>(p) : length > 0 ? load<u64>(p) << (64 - (length << 3)) : 0;
  const last = length > 8 ? load<u64>(p + length - 8) : 0;
  const hash = hashOf(p, packed, first, last);
  const table = load<u32>(d, TABLE);
  if (table === 0) return insert(d, p, packed, first, last, hash);
  const bits = load<u32>(d, BITS);
  const mask = ((<u32>1) << bits) - 1;
  const entries = load<u32>(d, ENTRIES);
  let at = hash >> (32 - bits);
  let slot = table + (at << SLOT_SHIFT);
  for (let number = load<u32>(slot, NUMBER); number !== 0; number = load<u32>(slot, NUMBER)) {
    if (load<u32>(slot) === hash) {
      const entry = entries + (number - 1) * ENTRY_BYTES;
      if (
        load<u64>(entry) === first &&
        load<u64>(entry, 8) === last &&
        load<u32>(entry, PACKED) === packed &&
        (length <= 16 || equals(load<u32>(d, ARENA) + load<u32>(entry, START), p, length))
      )
        return number - 1;
    }
    at = (at + 1) & mask;
    slot = table + (at << SLOT_SHIFT);
  }
  return insert(d, p, packed, first, last, hash);
}

/** Where a value's bytes are until another is added, and how many. */
export function textAt(d: u32, number: u32): u32 {
  return load<u32>(d, ARENA) + load<u32>(load<u32>(d, ENTRIES) + number * ENTRY_BYTES, START);
}

export function lengthOf(d: u32, number: u32): u32 {
  return load<u32>(load<u32>(d, ENTRIES) + number * ENTRY_BYTES, PACKED) & LENGTH;
}

/** Between the first and the last eight bytes. */
function equals(a: u32, b: u32, length: u32): bool {
  const end = length - 8;
  for (let i: u32 = 8; i < end; i += 8) if (load<u64>(a + i) !== load<u64>(b + i)) return false;
  return true;
}

function insert(d: u32, p: u32, packed: u32, first: u64, last: u64, hash: u32): u32 {
  const number = load<u32>(d, SIZE);
  const bits = load<u32>(d, BITS);
  // At most three quarters of the table are full.
  if (load<u32>(d, TABLE) === 0 || number + 1 > ((<u32>3) << bits) >> 2) grow(d);
  if (number === load<u32>(d, CAPACITY)) growEntries(d);
  const length = packed & LENGTH;
  const start = load<u32>(d, USED);
  if (start + length > load<u32>(d, ROOM)) growArena(d, start + length);
  copy(load<u32>(d, ARENA) + start, p, length);
  const entry = load<u32>(d, ENTRIES) + number * ENTRY_BYTES;
  store<u64>(entry, first);
  store<u64>(entry, last, 8);
  store<u32>(entry, start, START);
  store<u32>(entry, packed, PACKED);
  store<u32>(d, start + length, USED);
  store<u32>(d, number + 1, SIZE);
  const slot = freeSlot(load<u32>(d, TABLE), load<u32>(d, BITS), hash);
  store<u32>(slot, hash);
  store<u32>(slot, number + 1, NUMBER);
  return number;
}

/** For short values a call of `memory.copy` takes longer. May write up to eight bytes too many, which are written over. */
export function copy(to: u32, from: u32, length: u32): void {
  if (length > 128) memory.copy(to, from, length);
  else for (let i: u32 = 0; i < length; i += 8) store<u64>(to + i, load<u64>(from + i));
}

function freeSlot(table: u32, bits: u32, hash: u32): u32 {
  const mask = ((<u32>1) << bits) - 1;
  let at = hash >> (32 - bits);
  while (load<u32>(table + (at << SLOT_SHIFT), NUMBER) !== 0) at = (at + 1) & mask;
  return table + (at << SLOT_SHIFT);
}

function grow(d: u32): void {
  const old = load<u32>(d, TABLE);
  const oldBits = load<u32>(d, BITS);
  const bits = old === 0 ? FIRST_BITS : oldBits + 1;
  const bytes = ((<u32>1) << bits) << SLOT_SHIFT;
  const table = allocate(bytes);
  memory.fill(table, 0, bytes);
  if (old !== 0) {
    const end = old + (((<u32>1) << oldBits) << SLOT_SHIFT);
    for (let slot = old; slot < end; slot += 1 << SLOT_SHIFT) {
      if (load<u32>(slot, NUMBER) !== 0) store<u64>(freeSlot(table, bits, load<u32>(slot)), load<u64>(slot));
    }
    release(old, end - old);
  }
  store<u32>(d, table, TABLE);
  store<u32>(d, bits, BITS);
}

function growEntries(d: u32): void {
  const old = load<u32>(d, CAPACITY);
  const isLarge = old * ENTRY_BYTES >= LARGE_BYTES && isRoomy();
  const capacity = old === 0 ? FIRST_CAPACITY : max(old << 1, isLarge ? MOST_ENTRY_BYTES / ENTRY_BYTES : 0);
  const entries = allocate(capacity * ENTRY_BYTES);
  if (old !== 0) {
    memory.copy(entries, load<u32>(d, ENTRIES), old * ENTRY_BYTES);
    release(load<u32>(d, ENTRIES), old * ENTRY_BYTES);
  }
  store<u32>(d, entries, ENTRIES);
  store<u32>(d, capacity, CAPACITY);
}

function growArena(d: u32, least: u32): void {
  const old = load<u32>(d, ROOM);
  // Together with what may be read behind it a power of two.
  const whole = max(max(FIRST_ROOM, old === 0 ? 0 : (old + SLACK) << 1), (<u32>1) << (32 - clz(least + SLACK - 1)));
  const room = (old >= LARGE_BYTES - SLACK && isRoomy() ? max(whole, MOST_ARENA_BYTES) : whole) - SLACK;
  const arena = allocate(room + SLACK);
  if (old !== 0) {
    memory.copy(arena, load<u32>(d, ARENA), load<u32>(d, USED));
    release(load<u32>(d, ARENA), old + SLACK);
  }
  store<u32>(d, arena, ARENA);
  store<u32>(d, room, ROOM);
}
