const QUOTE = 34;
const BACKSLASH = 92;

/** How deep in a value a skip stands, and where in a string: all that must be known to go on in the next bytes. */
export interface SkipState {
  depth: number;
  /** 0: outside of strings; 1: in one; 2: in one, behind a backslash. */
  text: 0 | 1 | 2;
}

/**
 * Skips a JSON value of any size piece by piece, by its brackets alone: for values without records, and for values that are
 * too long to be one. A plain value ends before the comma or bracket behind it.
 */
export class JsonSkipper {
  readonly state: SkipState;

  constructor(state: SkipState = { depth: 0, text: 0 }) {
    this.state = { ...state };
  }

  /** Where the value ends, -1 if beyond `to`. */
  advance(bytes: Uint8Array, from: number, to: number): number {
    const { state } = this;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] as number;
      if (state.text !== 0) {
        if (state.text === 2) state.text = 1;
        else if (byte === BACKSLASH) state.text = 2;
        else if (byte === QUOTE) {
          state.text = 0;
          if (state.depth === 0) return i + 1;
        }
      } else if (byte === QUOTE) state.text = 1;
      else if (byte === 123 || byte === 91) state.depth++;
      else if (byte === 125 || byte === 93) {
        if (state.depth === 0) return i;
        state.depth--;
        if (state.depth === 0) return i + 1;
      } else if (byte === 44 && state.depth === 0) return i;
    }
    return -1;
  }
}
