import { scratchOf } from "./columns";
import { add, copy, lengthOf, textAt } from "./dictionary";

/**
 * Words for methods, by their number: so many of so many bytes, the first of which is the word's length with its blank + 1
 * (0: not known yet).
 */
const VERBS: u32 = 64;
const VERB_SHIFT: u32 = 6;

/** A path's part with these kinds of bytes is a number, hex or a UUID: see main/intake/encode/operation-text.ts. */
const DIGIT: u32 = 1;
const HEX_LETTER: u32 = 2;
const DASH: u32 = 4;
const OTHER: u32 = 8;
const MIN_HEX: u32 = 8;
const UUID_LENGTH: u32 = 36;

function kindOf(byte: u32): u32 {
  if (byte - 48 <= 9) return DIGIT;
  if ((byte | 32) - 97 <= 5) return HEX_LETTER;
  return byte === 45 ? DASH : OTHER;
}

function isHex(from: u32, to: u32): bool {
  for (let p = from; p < to; p++) if ((kindOf(load<u8>(p)) & (DASH | OTHER)) !== 0) return false;
  return true;
}

function isUuid(p: u32): bool {
  for (let i: u32 = 0; i < UUID_LENGTH; i++)
    if ((load<u8>(p + i) === 45) !== (i === 8 || i === 13 || i === 18 || i === 23)) return false;
  return true;
}

function isId(kinds: u32, from: u32, to: u32): bool {
  const length = to - from;
  if (kinds === DIGIT) return true;
  if (kinds === (DIGIT | HEX_LETTER)) return length >= MIN_HEX;
  if (kinds === (DIGIT | OTHER) || kinds === (DIGIT | HEX_LETTER | OTHER))
    return length >= MIN_HEX + 2 && load<u8>(from) === 48 && (load<u8>(from + 1) | 32) === 120 && isHex(from + 2, to);
  return length === UUID_LENGTH && (kinds & (DASH | OTHER)) === DASH && isUuid(from);
}

/** A path's route: its numbers, hex and UUIDs as `{id}`. Gives where it ends. */
function writeRoute(out: u32, start: u32, end: u32): u32 {
  let at = out;
  for (let from = start; from <= end; ) {
    const written = at;
    let kinds: u32 = 0;
    let p = from;
    for (; p < end; p++) {
      const byte = <u32>load<u8>(p);
      if (byte === 47) break;
      kinds |= kindOf(byte);
      store<u8>(at++, <u8>byte);
    }
    if (p > from && isId(kinds, from, p)) {
      store<u32>(written, 0x7d64697b); // {id}
      at = written + 4;
    }
    if (p < end) store<u8>(at++, 47);
    from = p + 1;
  }
  return at;
}

/**
 * Operations of rows that say none, from method and path, and with its method where a row says a route alone (`withMethod`).
 * `codes`: the numbers of all rows' paths, then of their methods, then of their operations, which are filled in. Gives the row
 * at which it stopped because it does not know the method's word, or the number of rows.
 */
export function routes(
  operations: u32,
  paths: u32,
  codes: u32,
  count: u32,
  verbs: u32,
  withMethod: bool,
  from: u32,
): u32 {
  const methods = codes + (count << 2);
  const said = methods + (count << 2);
  for (let k = from; k < count; k++) {
    const operation = load<i32>(said + (k << 2));
    const method = load<i32>(methods + (k << 2));
    const path = load<i32>(codes + (k << 2));
    if (operation < 0 ? path < 0 : !withMethod || method < 0) continue;
    const from = operation < 0 ? textAt(paths, path) : textAt(operations, operation);
    const length = operation < 0 ? lengthOf(paths, path) : lengthOf(operations, operation);
    if (operation >= 0 && (length === 0 || load<u8>(from) !== 47)) continue;
    // Only short ids become longer, and each has a slash beside it or is the whole path.
    const out = scratchOf((1 << VERB_SHIFT) + (length << 2) + 32);
    let at = out;
    if (method >= 0) {
      if (<u32>method >= VERBS) return k;
      const verb = verbs + (method << VERB_SHIFT);
      const known = <u32>load<u8>(verb);
      if (known === 0) return k;
      copy(at, verb + 1, known - 1);
      at += known - 1;
    }
    if (operation < 0) at = writeRoute(at, from, from + length);
    else {
      copy(at, from, length);
      at += length;
    }
    store<u32>(said + (k << 2), add(operations, out, at - out));
  }
  return count;
}
