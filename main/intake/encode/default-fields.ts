import { type EncodedColumn, OUTCOMES } from "../../../shared/model/event.ts";
import { type ColumnBuffers, NO_CHOICE, NO_VALUE } from "./column-buffers.ts";
import { OperationText } from "./operation-text.ts";
import type { ValueColumn } from "./text-column.ts";
import { outcomeOfStatus } from "./values.ts";

const SLASH = 47;
const NOTHING = new Uint8Array(0);

/** What no mapping gave: the outcome by status, the operation by method and path. */
export class DefaultFields {
  readonly #columns: Record<EncodedColumn, ValueColumn>;
  readonly #text = new OperationText();
  /** By number of a method: its word and a space, as long as the dictionary remembers. */
  readonly #verbs: Uint8Array[] = [];
  #generation = 0;
  /** A route that a record names without its method gets it: formats of ours alone, a user's word stays as it is. */
  readonly #withMethod: boolean;

  constructor(columns: Record<EncodedColumn, ValueColumn>, withMethod: boolean) {
    this.#columns = columns;
    this.#withMethod = withMethod;
  }

  apply({ numbers, indexes, outcome, statusWords }: ColumnBuffers, count: number): void {
    for (const [k, choice] of statusWords) if (outcome[k] === NO_CHOICE) outcome[k] = choice;
    this.#outcomes(numbers.status, outcome, count);
    const { path, method, operation } = indexes;
    const { dictionary } = this.#columns.method;
    if (dictionary.generation !== this.#generation) {
      this.#generation = dictionary.generation;
      this.#verbs.length = 0;
    }
    const operations = this.#columns.operation;
    const paths = this.#columns.path.dictionary;
    const text = this.#text;
    for (let k = 0; k < count; k++) {
      const verb = method[k] as number;
      const said = operation[k] as number;
      if (said === NO_VALUE) {
        const index = path[k] as number;
        if (index === NO_VALUE) continue;
        const start = paths.startOf(index);
        const length = text.writeRoute(this.#verb(verb), paths.arena, start, start + paths.lengthOf(index));
        operation[k] = operations.bytes(text.bytes, text.view, 0, length);
      } else if (this.#withMethod && verb !== NO_VALUE) {
        const route = operations.dictionary.bytesOf(said);
        if (route[0] !== SLASH) continue;
        const length = text.write(this.#verb(verb), route);
        operation[k] = operations.bytes(text.bytes, text.view, 0, length);
      }
    }
  }

  #outcomes(status: Float64Array, outcome: Uint8Array, count: number): void {
    let last = Number.NaN;
    let choice = OUTCOMES.indexOf(outcomeOfStatus(last));
    for (let k = 0; k < count; k++) {
      if (outcome[k] !== NO_CHOICE) continue;
      const value = status[k] as number;
      if (value !== last) {
        last = value;
        choice = OUTCOMES.indexOf(outcomeOfStatus(value));
      }
      outcome[k] = choice;
    }
  }

  /** What stands before a route. */
  #verb(method: number): Uint8Array {
    if (method < 0) return NOTHING;
    let verb = this.#verbs[method];
    if (!verb) {
      verb = Buffer.from(`${this.#columns.method.textOf(method).toUpperCase()} `);
      this.#verbs[method] = verb;
    }
    return verb;
  }
}
