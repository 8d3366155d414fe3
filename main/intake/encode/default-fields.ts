import { type EncodedColumn, OUTCOMES } from "../../../shared/model/event.ts";
import { type ColumnBuffers, NO_CHOICE, NO_VALUE } from "./column-buffers.ts";
import type { ValueColumn } from "./text-column.ts";
import { outcomeOfStatus, routeOf } from "./values.ts";

/** What no mapping gave: the outcome by status, the operation by method and path. */
export class DefaultFields {
  readonly #columns: Record<EncodedColumn, ValueColumn>;
  /** Numbers of operations by method and route, and routes by the number of a path, as long as the dictionaries remember. */
  readonly #operations = new Map<string, number>();
  readonly #routes = new Map<number, string>();
  #generations = "";
  /** A route that a record names without its method gets it: formats of ours alone, a user's word stays as it is. */
  readonly #withMethod: boolean;

  constructor(columns: Record<EncodedColumn, ValueColumn>, withMethod: boolean) {
    this.#columns = columns;
    this.#withMethod = withMethod;
  }

  apply({ numbers, indexes, outcome, statusWords }: ColumnBuffers, count: number): void {
    const { status } = numbers;
    const { path, method, operation } = indexes;
    const columns = this.#columns;
    const generations = `${columns.path.dictionary.generation} ${columns.method.dictionary.generation} ${columns.operation.dictionary.generation}`;
    if (generations !== this.#generations) {
      this.#generations = generations;
      this.#operations.clear();
      this.#routes.clear();
    }
    for (let k = 0; k < count; k++) {
      if (outcome[k] === NO_CHOICE)
        outcome[k] = statusWords.get(k) ?? OUTCOMES.indexOf(outcomeOfStatus(status[k] as number));
      if (operation[k] !== NO_VALUE && this.#withMethod && method[k] !== NO_VALUE) {
        const route = columns.operation.textOf(operation[k] as number);
        if (route.startsWith("/")) operation[k] = this.#operation(method[k] as number, route);
      }
      if (operation[k] !== NO_VALUE || path[k] === NO_VALUE) continue;
      const index = path[k] as number;
      let route = this.#routes.get(index);
      if (route === undefined) {
        route = routeOf(columns.path.textOf(index));
        this.#routes.set(index, route);
      }
      operation[k] = this.#operation(method[k] as number, route);
    }
  }

  /** The number of `METHOD route` among operations. */
  #operation(verb: number, route: string): number {
    const key = `${verb} ${route}`;
    let value = this.#operations.get(key);
    if (value === undefined) {
      const columns = this.#columns;
      value = columns.operation.text(verb < 0 ? route : `${columns.method.textOf(verb).toUpperCase()} ${route}`);
      this.#operations.set(key, value);
    }
    return value;
  }
}
