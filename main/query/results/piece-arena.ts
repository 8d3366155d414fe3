import type { Pieces } from "./piece-file.ts";

/** Longer ones are rare, and written as they are. */
const MAX_PIECE_BYTES = 1 << 10;
const MAX_ARENA_BYTES = 1 << 22;
const NEVER = -1;

/**
 * What many events have in common, as it stands in their JSON and in their table: by a small number, made once and kept as
 * bytes, end to end in one array.
 */
export class PieceArena {
  #bytes = Buffer.allocUnsafeSlow(1 << 12);
  #filled = 0;
  readonly #most: number;
  /** Where the piece of a number begins, where its cell does, and where that ends: 0 where it is not there yet. */
  #places = new Int32Array(3 << 6);

  /** @param most numbers from 0 to below it have a piece */
  constructor(most: number) {
    this.#most = most;
  }

  /** Writes the piece of this number, which `make` makes. */
  put(number: number, json: Pieces, csv: Pieces, make: (number: number) => Piece): void {
    const at = 3 * number;
    const end = at < this.#places.length ? (this.#places[at + 2] as number) : 0;
    if (end > 0) {
      const middle = this.#places[at + 1] as number;
      json.bytes(this.#bytes, this.#places[at] as number, middle);
      csv.bytes(this.#bytes, middle, end);
      return;
    }
    const piece = make(number);
    json.write(piece.json);
    csv.write(piece.csv);
    if (end === 0 && number < this.#most) this.#keep(number, piece);
  }

  #keep(number: number, { json, csv }: Piece): void {
    const bytes = Buffer.from(json + csv);
    const end = this.#filled + bytes.length;
    const at = 3 * number;
    if (at >= this.#places.length) {
      const larger = new Int32Array(Math.max(2 * this.#places.length, at + 3));
      larger.set(this.#places);
      this.#places = larger;
    }
    if (bytes.length > MAX_PIECE_BYTES || end > MAX_ARENA_BYTES) {
      this.#places[at + 2] = NEVER;
      return;
    }
    if (end > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * Math.max(end, this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#filled));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#filled);
    this.#places.set([this.#filled, this.#filled + Buffer.byteLength(json), end], at);
    this.#filled = end;
  }
}

/** A value as it stands in an event's JSON, key and comma before it, and in its CSV line, comma before it. */
export interface Piece {
  readonly json: string;
  readonly csv: string;
}
