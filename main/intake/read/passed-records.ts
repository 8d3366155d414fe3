import { fieldNamed } from "../mapping/synonyms.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const LIST_STEP = "[]";
/** Levels of a value that are looked into. Records lie no deeper. */
const MAX_LEVELS = 32;
/** The name of a time is no longer. */
const MAX_KEY_BYTES = 40;

/** What must be known to go on in the next bytes. */
interface PassedState {
  /** 0: outside of strings; 1: in one; 2: in one, behind a backslash. */
  text: 0 | 1 | 2;
  /** The string read last, or its beginning. */
  last: string;
  /** Keys and lists around: "[]" for a list, for an object the key read last in it. */
  steps: string[];
  /** Brackets that are open beyond the levels that are looked into. */
  deeper: number;
  /** The level of a record that is counted already; 0: none is open. */
  counted: number;
  records: number;
  /** In which list the first of them lies. */
  list: string;
}

const timeKeys = new Map<string, boolean>();
const MAX_TIME_KEYS = 10_000;

function isTimeKey(key: string): boolean {
  let known = timeKeys.get(key);
  if (known === undefined) {
    known = fieldNamed(key)?.field === "time";
    if (timeKeys.size < MAX_TIME_KEYS) timeKeys.set(key, known);
  }
  return known;
}

/**
 * Looks through a value of a JSON document that is not read, of any size and piece by piece, by its brackets and keys alone. It
 * counts the objects with a time that lie in lists: they are records too, and nobody reads them.
 */
export class PassedRecords {
  readonly state: PassedState;

  /** `path`: where the value lies, from the outside in. Where it ends in a list, the value itself may be a record. */
  constructor(path: readonly string[], state?: PassedState) {
    this.state = state
      ? { ...state, steps: [...state.steps] }
      : { text: 0, last: "", steps: [...path], deeper: 0, counted: 0, records: 0, list: "" };
  }

  see(bytes: Uint8Array, from: number, to: number): void {
    const { state } = this;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] as number;
      if (state.text === 0) this.#outside(byte);
      else if (state.text === 1 && byte === QUOTE) state.text = 0;
      else {
        state.text = state.text === 1 && byte === BACKSLASH ? 2 : 1;
        if (state.last.length < MAX_KEY_BYTES) state.last += String.fromCharCode(byte);
      }
    }
  }

  #outside(byte: number): void {
    const { state } = this;
    const { steps } = state;
    if (byte === QUOTE) {
      state.text = 1;
      state.last = "";
    } else if (byte === COLON) {
      if (state.deeper > 0) return;
      steps[steps.length - 1] = state.last;
      if (state.counted > 0 || steps.at(-2) !== LIST_STEP || !isTimeKey(state.last)) return;
      state.counted = steps.length;
      state.records++;
      if (state.records === 1) state.list = steps.slice(0, -1).join(".").replaceAll(".[]", "[]");
    } else if (byte === 123 || byte === 91) {
      if (steps.length >= MAX_LEVELS) state.deeper++;
      else steps.push(byte === 91 ? LIST_STEP : "");
    } else if (byte === 125 || byte === 93) {
      if (state.deeper > 0) state.deeper--;
      else {
        steps.pop();
        if (steps.length < state.counted) state.counted = 0;
      }
    }
  }

  /** Why they are no events. Undefined where there are none. */
  get reason(): string | undefined {
    const { records, list } = this.state;
    if (records === 0) return undefined;
    const found = records === 1 ? "1 record with a time" : `${records} records with a time`;
    return `${found} beside the list that is read, in ${list}: a mapping's "records" can name it`;
  }
}
