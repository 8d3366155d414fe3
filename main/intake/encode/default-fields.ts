import { type EncodedColumn, OUTCOMES } from "../../../shared/model/event.ts";
import { type ColumnBuffers, NO_CHOICE, NO_VALUE } from "./column-buffers.ts";
import { KernelDictionary } from "./dictionary/kernel-dictionary.ts";
import { KernelOperations } from "./dictionary/kernel-operations.ts";
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
  readonly #kernel: KernelOperations | undefined;

  constructor(columns: Record<EncodedColumn, ValueColumn>, withMethod: boolean) {
    this.#columns = columns;
    this.#withMethod = withMethod;
    const { operation, path } = columns;
    if (operation.dictionary instanceof KernelDictionary && path.dictionary instanceof KernelDictionary)
      this.#kernel = new KernelOperations(operation.dictionary, path.dictionary, withMethod);
  }

  close(): void {
    this.#kernel?.close();
  }

  apply({ numbers, indexes, outcome, statusWords }: ColumnBuffers, count: number): void {
    for (const [k, choice] of statusWords) if (outcome[k] === NO_CHOICE) outcome[k] = choice;
    this.#outcomes(numbers.status, outcome, count);
    const { method, operation } = indexes;
    const { dictionary } = this.#columns.method;
    if (dictionary.generation !== this.#generation) {
      this.#generation = dictionary.generation;
      this.#verbs.length = 0;
      this.#kernel?.forgetVerbs();
    }
    const kernel = this.#kernel;
    if (!kernel) for (let k = 0; k < count; k++) this.#operation(k, indexes);
    else {
      kernel.begin(indexes, count);
      for (let k = kernel.fill(0, operation); k < count; ) {
        const verb = method[k] as number;
        if (!kernel.learnVerb(verb, this.#verb(verb))) this.#operation(k++, indexes);
        k = kernel.fill(k, operation);
      }
    }
  }

  #operation(k: number, { path, method, operation }: ColumnBuffers["indexes"]): void {
    const operations = this.#columns.operation;
    const text = this.#text;
    const verb = method[k] as number;
    const said = operation[k] as number;
    if (said === NO_VALUE) {
      const index = path[k] as number;
      if (index === NO_VALUE) return;
      const paths = this.#columns.path.dictionary;
      const start = paths.startOf(index);
      const length = text.writeRoute(this.#verb(verb), paths.arena, start, start + paths.lengthOf(index));
      operation[k] = operations.bytes(text.bytes, text.view, 0, length);
    } else if (this.#withMethod && verb !== NO_VALUE) {
      const route = operations.dictionary.bytesOf(said);
      if (route[0] !== SLASH) return;
      const length = text.write(this.#verb(verb), route);
      operation[k] = operations.bytes(text.bytes, text.view, 0, length);
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
