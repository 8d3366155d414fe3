import { idKey } from "../../../shared/base/same-id.ts";
import type { Columns } from "../../query/columns/columns.ts";

/** The people that lists of subjects name: a list's id in `text_subjects` → whole numbers, one a person, from 0. */
export class PersonIndex {
  readonly #lists: readonly (string | undefined)[];
  readonly #members: (Uint32Array | undefined)[] = [];
  readonly #codes = new Map<string, number>();
  #people = 0;

  constructor(columns: Columns) {
    this.#lists = columns.dictionary("subjects").all();
  }

  /** The distinct people of a list, read on first use. */
  of(list: number): Uint32Array {
    let members = this.#members[list];
    if (!members) {
      members = Uint32Array.from(new Set(this.spelt(list).map((id) => this.code(id))));
      this.#members[list] = members;
    }
    return members;
  }

  /** A person's number, a new one for an id not met before in any spelling. */
  code(id: string): number {
    const key = idKey(id);
    let code = this.#codes.get(key);
    if (code === undefined) {
      code = this.#people;
      this.#people += 1;
      this.#codes.set(key, code);
    }
    return code;
  }

  /** The ids of a list as it spells them. */
  spelt(list: number): readonly string[] {
    return JSON.parse(this.#lists[list] ?? "[]") as string[];
  }
}
