export type Encoding = (typeof ENCODINGS)[number];

/** Original bytes to UTF-8, in pieces. `write` returns how many bytes it put. Positions of invalid bytes go to `broken`. */
export interface Transcoder {
  /** At most this many bytes come out for each that goes in. */
  readonly growth: number;
  write(input: Uint8Array, output: Uint8Array, at: number, broken: number[]): number;
  /** The bytes that an unfinished character left over. */
  end(output: Uint8Array, at: number, broken: number[]): number;
}

/** Encodings a source can be in. Offsets and lengths of records always count the original bytes. */
export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "iso-8859-1",
  "shift_jis",
  "gb18030",
] as const;
