/** Bytes of tables and of JSON. */
export const LF = 10;
export const QUOTE = 34;
export const COMMA = 44;
export const ZERO = 48;
export const NINE = 57;
export const SEMICOLON = 59;
export const OPEN_LIST = 91;
export const BACKSLASH = 92;
export const CLOSE_LIST = 93;
export const CLOSE_OBJECT = 125;

/** So many digits a double holds exactly, and prints again. */
export const MAX_DIGITS = 15;

export function isAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let k = 0; k < wanted.length; k += 1) if (bytes[at + k] !== wanted[k]) return false;
  return true;
}

/** Reads as many as there is room for, with commas between them and nothing else, each as it is printed. */
export function wholeNumbers(bytes: Uint8Array, from: number, to: number, found: Float64Array): boolean {
  let at = from;
  for (let k = 0; k < found.length; k += 1) {
    const start = at;
    let value = 0;
    for (let byte = bytes[at] as number; at < to && byte >= ZERO && byte <= NINE; byte = bytes[at] as number) {
      value = value * 10 + byte - ZERO;
      at += 1;
    }
    if (at === start || at - start > MAX_DIGITS || (at - start > 1 && bytes[start] === ZERO)) return false;
    if (k < found.length - 1 && bytes[at] !== COMMA) return false;
    found[k] = value;
    at += 1;
  }
  return at === to + 1;
}
