import type { Plan } from "../plan.ts";
import { fieldNamed } from "../synonyms.ts";

/** What a key of an object leads to. */
export interface KeyTarget {
  /** Input that takes this value, -1: none. */
  input: number;
  /** Input of a field that takes any of several names, -1: none; the lowest rank wins. */
  synonym: number;
  rank: number;
  /** What the keys inside this value lead to, where the mapping looks there. */
  inside: KeyTable | null;
}

/** A key as records write it, and which key came after it last time: most records have the shape of the one before. */
export interface LearnedKey {
  readonly bytes: Uint8Array;
  readonly target: KeyTarget | null;
  next: LearnedKey | null;
}

/** Distinct keys remembered an object; a log whose keys are data must not fill the memory. */
const MOST_LEARNED = 4096;

/** The keys of one object that somebody wants. */
export class KeyTable {
  first: LearnedKey | null = null;
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

  /** The key whose raw bytes these are; `name` makes its text where it was never met. */
  learn(raw: Buffer, name: () => string): LearnedKey {
    const latin = raw.toString("latin1");
    const known = this.#learned.get(latin);
    if (known) return known;
    const text = name();
    let target = this.wanted.get(text) ?? null;
    const synonym = this.synonyms && fieldNamed(text);
    const input = synonym && this.synonyms?.get(synonym.field);
    if (synonym && input !== undefined)
      target = { ...(target ?? { input: -1, inside: null }), synonym: input, rank: synonym.rank };
    const key: LearnedKey = { bytes: Uint8Array.from(raw), target, next: null };
    if (this.#learned.size < MOST_LEARNED) this.#learned.set(latin, key);
    return key;
  }
}

/** The keys that a plan's inputs want, as a tree. What is left of a dotted name is also looked up as one key: some writers flatten, and some keys have dots. */
export function keysOf(plan: Plan): KeyTable {
  const root = new KeyTable(0);
  const synonyms = new Map<string, number>();
  plan.inputs.forEach((input, index) => {
    if (input.kind === "synonyms") synonyms.set(input.field, index);
    else if (input.kind === "named") root.want(input.name).input = index;
    else {
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
