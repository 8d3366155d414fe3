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
