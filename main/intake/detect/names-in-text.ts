import { signaturesOf } from "../mapping/mapping.ts";
import type { Mapping } from "../mapping/mapping-document.ts";
import { isListStep, stepsOf } from "../mapping/paths.ts";

/**
 * Whether the names of what a format's records must have stand in a text at all: a look that spares most formats their trial.
 * No writer escapes the letters of such a name, and a table's columns are met in any case.
 */
export class NamesInText {
  readonly #text: Buffer;
  readonly #found = new Map<string, boolean>();
  #lower: string | undefined;

  constructor(text: Buffer) {
    this.#text = text;
  }

  maySign(mapping: Mapping): boolean {
    const signatures = signaturesOf(mapping);
    if (signatures.length === 0) return true;
    const has = mapping.format === "csv" ? this.#hasColumn : this.#hasPath;
    return signatures.some((places) => Object.keys(places).every((place) => has(place)));
  }

  readonly #hasColumn = (place: string): boolean =>
    this.#once(`column ${place}`, () => {
      this.#lower ??= this.#text.toString("latin1").toLowerCase();
      return (stepsOf(place)[0] ?? "")
        .toLowerCase()
        .split(/[\s_-]+/u)
        .every((word) => this.#lower?.includes(word));
    });

  readonly #hasPath = (place: string): boolean =>
    stepsOf(place).every((step) => isListStep(step) || this.#once(`step ${step}`, () => this.#text.includes(step)));

  #once(what: string, look: () => boolean): boolean {
    const known = this.#found.get(what);
    if (known !== undefined) return known;
    const found = look();
    this.#found.set(what, found);
    return found;
  }
}
