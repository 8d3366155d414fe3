import type { Columns } from "../../query/columns/columns.ts";

/** The people that lists of subjects name: a list's id in `text_subjects` → whole numbers, one a person, from 0. */
export class PersonIndex {
  readonly #lists: readonly (string | undefined)[];
  readonly #members: (Uint32Array | undefined)[] = [];
  readonly #codes = new Map<string, number>();
  readonly #names: string[] = [];

  constructor(columns: Columns) {
    this.#lists = columns.dictionary("subjects").all();
  }

  /** The distinct people of a list, read on first use. */
  of(list: number): Uint32Array {
    let members = this.#members[list];
    if (!members) {
      const ids = new Set(JSON.parse(this.#lists[list] ?? "[]") as string[]);
      members = Uint32Array.from(ids, (id) => this.code(id));
      this.#members[list] = members;
    }
    return members;
  }

  /** A person's number, a new one for an id not met before. */
  code(id: string): number {
    let code = this.#codes.get(id);
    if (code === undefined) {
      code = this.#names.push(id) - 1;
      this.#codes.set(id, code);
    }
    return code;
  }

  nameOf(person: number): string {
    return this.#names[person] as string;
  }
}
