/** Lower case of plain ASCII, by byte; other bytes are 0, which no word has. */
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 128 ? 0 : byte >= 65 && byte <= 90 ? byte + 32 : byte,
);
const ALPHABET = 128;

/**
 * Many plain ASCII words sought at once, in any case: one look at each byte, however many words there are (Aho and Corasick,
 * Efficient String Matching, 1975). The automaton is a table: state and byte give the next state.
 */
export class ManyWords {
  readonly #next: Int32Array;
  /** 1: a word ends in this state. */
  readonly #ends: Uint8Array;

  /** @param words not empty, in lower case, of characters below 128 */
  constructor(words: readonly string[]) {
    const states = 1 + words.reduce((sum, { length }) => sum + length, 0);
    const next = new Int32Array(states * ALPHABET);
    const ends = new Uint8Array(states);
    let last = 0;
    for (const word of words) {
      let state = 0;
      for (let i = 0; i < word.length; i += 1) {
        const at = state * ALPHABET + word.charCodeAt(i);
        if (next[at] === 0) next[at] = ++last;
        state = next[at] as number;
      }
      ends[state] = 1;
    }
    // State by state in order of depth: where a word does not go on, its longest end that begins another one does.
    const fallback = new Int32Array(states);
    const queue: number[] = [];
    for (let c = 0; c < ALPHABET; c += 1) if (next[c] !== 0) queue.push(next[c] as number);
    for (const state of queue)
      for (let c = 0; c < ALPHABET; c += 1) {
        const at = state * ALPHABET + c;
        const shorter = next[(fallback[state] as number) * ALPHABET + c] as number;
        const to = next[at] as number;
        if (to === 0) next[at] = shorter;
        else {
          fallback[to] = shorter;
          if (ends[shorter] === 1) ends[to] = 1;
          queue.push(to);
        }
      }
    this.#next = next;
    this.#ends = ends;
  }

  /** Whether the bytes from one to another hold a word; the other is not looked at. */
  inBytes(bytes: Uint8Array, from: number, to: number): boolean {
    const next = this.#next;
    const ends = this.#ends;
    let state = 0;
    for (let i = from; i < to; i += 1) {
      state = next[state * ALPHABET + (LOWER[bytes[i] as number] as number)] as number;
      if (ends[state] === 1) return true;
    }
    return false;
  }

  /** Whether a text in lower case holds a word. */
  inText(text: string): boolean {
    let state = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      state = code < ALPHABET ? (this.#next[state * ALPHABET + code] as number) : 0;
      if (this.#ends[state] === 1) return true;
    }
    return false;
  }
}
