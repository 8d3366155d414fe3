import { signaturesOf } from "./mapping.ts";
import type { Mapping } from "./mapping-document.ts";
import { isListStep, stepsOf } from "./paths.ts";

/**
 * Whether the names of what a format's records must have stand in a text at all: a look that spares most formats their trial.
 * No writer escapes the letters of such a name, and a table's columns are met in any case.
 */
export class SignatureNames {
  readonly #text: Buffer;
  /** What a trial reads of it: the beginning where that has a record, else all. */
  readonly #tried: Buffer;
  readonly #found = new Map<string, boolean>();
  #characters: string | undefined;
  #keys: ReadonlySet<string> | undefined;

  /** `trialBytes`: how much of it a trial reads, where it has a record in them. */
  constructor(text: Buffer, trialBytes: number) {
    this.#text = text;
    const hasRecord = /^\{.*\}\r?\n/u.test(text.toString("latin1", 0, trialBytes));
    this.#tried = hasRecord ? text.subarray(0, trialBytes) : text;
  }

  maySign(mapping: Mapping): boolean {
    const signatures = signaturesOf(mapping);
    if (signatures.length === 0) return true;
    const { format } = mapping;
    const isJson = format === "json" || format === "jsonl";
    const has = format === "csv" ? this.#hasColumn : isJson ? this.#hasKeys : this.#hasPath;
    return signatures.some((places) => Object.keys(places).every((place) => has(place)));
  }

  readonly #hasColumn = (place: string): boolean =>
    this.#once(`column ${place}`, () => {
      this.#characters ??= this.#text.toString("latin1");
      const words = (stepsOf(place)[0] ?? "").split(/[^A-Za-z0-9]+/u);
      return new RegExp(words.join("[^A-Za-z0-9]+"), "iu").test(this.#characters);
    });

  readonly #hasPath = (place: string): boolean =>
    stepsOf(place).every((step) => isListStep(step) || this.#once(`step ${step}`, () => this.#tried.includes(step)));

  readonly #hasKeys = (place: string): boolean =>
    stepsOf(place).every((step) => isListStep(step) || this.#once(`key ${step}`, () => this.#isKey(step)));

  /** A key, or a part of one whose writer flattens objects; in JSON inside a string a backslash stands before its end. */
  #isKey(step: string): boolean {
    this.#keys ??= new Set(this.#tried.toString("latin1").split(/["\\.]/u));
    const name = Buffer.from(step).toString("latin1");
    return /["\\.]/u.test(name) ? this.#tried.includes(step) : this.#keys.has(name);
  }

  #once(what: string, look: () => boolean): boolean {
    const known = this.#found.get(what);
    if (known !== undefined) return known;
    const found = look();
    this.#found.set(what, found);
    return found;
  }
}
