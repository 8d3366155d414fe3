import type { Plan } from "../mapping/plan.ts";
import { fieldNamed } from "../mapping/synonyms.ts";

/** What a key of an object leads to. */
export interface KeyTarget {
  /** Input that gets this value, -1: none. */
  input: number;
  /** Input of a field with several possible names, -1: none. The lowest rank wins. */
  synonym: number;
  rank: number;
  /** What the keys inside this value lead to, where the mapping needs them. */
  inside: KeyTable | null;
}

/** A key as a record wrote it, and which keys followed it: most records have a shape that was met before. */
export interface LearnedKey {
  readonly target: KeyTarget | null;
  /**
   * Its bytes from the opening quote to the start of the value, as 32-bit words. The last word ends with them, so it
   * may overlap. Empty where they are not remembered.
   */
  readonly words: Int32Array;
  /** Of these bytes. */
  readonly length: number;
  readonly next: LearnedKey[];
  /** It is found again by its bytes, and may stand in another key's `next`. One that is not is gone with its record. */
  readonly isRemembered: boolean;
}

/** Distinct keys remembered for each kind of object. A log whose keys are data must not fill the memory. */
const MAX_LEARNED_KEYS = 4096;

/** The keys of one object that the plan needs. */
export class KeyTable {
  /** Keys that objects began with. */
  readonly first: LearnedKey[] = [];
  readonly depth: number;
  readonly wanted = new Map<string, KeyTarget>();
  /** Input by field name, at the top level alone. */
  synonyms: ReadonlyMap<string, number> | undefined;
  readonly #learned = new Map<string, LearnedKey>();

  constructor(depth: number) {
    this.depth = depth;
  }

  want(key: string): KeyTarget {
    let target = this.wanted.get(key);
    if (!target) {
      target = { input: -1, synonym: -1, rank: 0, inside: null };
      this.wanted.set(key, target);
    }
    return target;
  }

  /** The key with these raw bytes, read as `written`. `name` makes its text when the key is new. */
  learn(raw: Buffer, name: () => string, written?: Uint8Array): LearnedKey {
    const latin = raw.toString("latin1");
    const known = this.#learned.get(latin);
    if (known) return known;
    const text = name();
    let target = this.wanted.get(text) ?? null;
    const synonym = this.synonyms && fieldNamed(text);
    const input = synonym && this.synonyms?.get(synonym.field);
    if (synonym && input !== undefined)
      target = { ...(target ?? { input: -1, inside: null }), synonym: input, rank: synonym.rank };
    const isRemembered = this.#learned.size < MAX_LEARNED_KEYS;
    const words = wordsOf(isRemembered ? written : undefined);
    const key: LearnedKey = { target, words, length: written?.length ?? 0, next: [], isRemembered };
    if (isRemembered) this.#learned.set(latin, key);
    return key;
  }
}

/** A key longer than this is read anew each time. */
const MAX_KEY_BYTES = 256;
const NO_WORDS = new Int32Array(0);

function wordsOf(written: Uint8Array | undefined): Int32Array {
  if (!written || written.length < 4 || written.length > MAX_KEY_BYTES) return NO_WORDS;
  const view = new DataView(written.buffer, written.byteOffset, written.length);
  const words = new Int32Array(Math.ceil(written.length / 4));
  for (let w = 0; w < words.length; w++) words[w] = view.getInt32(Math.min(w * 4, written.length - 4), true);
  return words;
}

/**
 * The keys that a plan's inputs need, as a tree. The rest of a dotted name is also looked up as one key, because some
 * writers flatten and some keys have dots.
 */
export function keysOf({ inputs }: Plan): KeyTable {
  let keys = tables.get(inputs);
  if (!keys) {
    keys = tableOf(inputs);
    tables.set(inputs, keys);
  }
  return keys;
}

/** What the keys of one file led to holds for the next that is read by the same plan. */
const tables = new WeakMap<Plan["inputs"], KeyTable>();

function tableOf(inputs: Plan["inputs"]): KeyTable {
  const root = new KeyTable(0);
  const synonyms = new Map<string, number>();
  inputs.forEach((input, index) => {
    if (input.kind === "synonyms") synonyms.set(input.field, index);
    else if (input.kind === "named") root.want(input.name).input = index;
    else if (input.kind === "path") {
      let table = root;
      input.path.forEach((key, depth) => {
        const isLast = depth === input.path.length - 1;
        const flat = table.want(input.path.slice(depth).join("."));
        if (isLast || flat.input < 0) flat.input = index;
        if (!isLast) table = table.want(key).inside ??= new KeyTable(depth + 1);
      });
    }
  });
  if (synonyms.size > 0) root.synonyms = synonyms;
  return root;
}

/** All inputs at or below a target: those that JSON inside a string may fill. */
export function inputsBelow(table: KeyTable): number[] {
  return [...table.wanted.values()].flatMap((target) => [
    ...(target.input >= 0 ? [target.input] : []),
    ...(target.inside ? inputsBelow(target.inside) : []),
  ]);
}
