import type { Pieces } from "./piece-file.ts";

const [COMMA, SEMICOLON, OPEN, CLOSE, QUOTE, BACKSLASH] = [44, 59, 91, 93, 34, 92] as const;
/** With it the replacement character begins, which stands for what JSON would escape. */
const REPLACED = 0xef;
/** `= + - @`: a spreadsheet would not take it as text. */
const isFormula = (byte: number): boolean => byte === 61 || byte === 43 || byte === 45 || byte === 64;
/** Longer ones are rare. A UTF-16 unit has at most three bytes, and a cell two quotes and a comma. */
const MAX_TEXT_LENGTH = 1 << 14;
const MAX_BYTES = 3 * MAX_TEXT_LENGTH + 3;
const HEX = Buffer.from("0123456789abcdef");

/**
 * Writes values that stand in JSON as they are, and in a table as they are or in quotes, into both. What is to be escaped it
 * does not write: then it says false, and nothing is written.
 */
export class PlainTexts {
  readonly #json: Pieces;
  readonly #csv: Pieces;

  constructor(json: Pieces, csv: Pieces) {
    this.#json = json;
    this.#csv = csv;
  }

  text(key: Uint8Array, text: string): boolean {
    const [json, csv] = [this.#json, this.#csv];
    if (text.length > MAX_TEXT_LENGTH || !json.hasRoom(key.length + MAX_BYTES) || !csv.hasRoom(MAX_BYTES)) return false;
    const start = json.filled;
    json.bytes(key, 0, key.length);
    json.byte(QUOTE);
    const from = json.filled;
    const to = from + json.buffer.write(text, from);
    const isPlain = this.#cell(from, to);
    json.filled = isPlain ? to : start;
    if (isPlain) json.byte(QUOTE);
    return isPlain;
  }

  /** Puts these bytes of the JSON into the table. */
  #cell(from: number, to: number): boolean {
    const [{ buffer }, csv] = [this.#json, this.#csv];
    if (from < to && isFormula(buffer[from] as number)) return false;
    let hasComma = false;
    for (let at = from; at < to; at += 1) {
      const byte = buffer[at] as number;
      if (byte < 32 || byte === QUOTE || byte === BACKSLASH || byte === REPLACED) return false;
      if (byte === COMMA) hasComma = true;
    }
    csv.byte(COMMA);
    if (hasComma) csv.byte(QUOTE);
    csv.bytes(buffer, from, to);
    if (hasComma) csv.byte(QUOTE);
    return true;
  }

  /** A list of texts without commas, as `JSON.stringify` writes it: in a cell its texts are joined by semicolons. */
  list(key: Uint8Array, list: string): boolean {
    const [json, csv] = [this.#json, this.#csv];
    if (list.length > MAX_TEXT_LENGTH || !json.hasRoom(key.length + MAX_BYTES) || !csv.hasRoom(MAX_BYTES)) return false;
    const start = json.filled;
    json.bytes(key, 0, key.length);
    const from = json.filled;
    const to = from + json.buffer.write(list, from);
    const isPlain = this.#cellOfList(from, to);
    json.filled = isPlain ? to : start;
    return isPlain;
  }

  #cellOfList(from: number, to: number): boolean {
    const [{ buffer }, csv] = [this.#json, this.#csv];
    const cell = csv.buffer;
    let put = csv.filled;
    cell[put++] = COMMA;
    if (to - from < 2 || buffer[from] !== OPEN || buffer[to - 1] !== CLOSE) return false;
    if (to - from > 2) {
      if (isFormula(buffer[from + 2] as number)) return false;
      for (let at = from + 1; ; ) {
        if (buffer[at] !== QUOTE) return false;
        at += 1;
        for (let byte = buffer[at] as number; byte !== QUOTE; byte = buffer[at] as number) {
          if (byte < 32 || byte === COMMA || byte === BACKSLASH || byte === REPLACED || at >= to) return false;
          cell[put++] = byte;
          at += 1;
        }
        at += 1;
        if (at === to - 1) break;
        if (buffer[at] !== COMMA) return false;
        cell[put++] = SEMICOLON;
        at += 1;
      }
    }
    csv.filled = put;
    return true;
  }

  /** A number of 16 hex digits, by its two halves. */
  hex(key: Uint8Array, high: number, low: number): void {
    const [json, csv] = [this.#json, this.#csv];
    json.bytes(key, 0, key.length);
    json.hasRoom(18);
    const { buffer } = json;
    let at = json.filled;
    buffer[at++] = QUOTE;
    for (let shift = 28; shift >= 0; shift -= 4) buffer[at++] = HEX[(high >>> shift) & 15] as number;
    for (let shift = 28; shift >= 0; shift -= 4) buffer[at++] = HEX[(low >>> shift) & 15] as number;
    buffer[at++] = QUOTE;
    json.filled = at;
    csv.byte(COMMA);
    csv.bytes(buffer, at - 17, at - 1);
  }
}
