import type { FieldName } from "../../../shared/filter/fields.ts";
import { matcher } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { print } from "../../../shared/filter/print.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Filter, Resolved, Value } from "../../../shared/filter/tree.ts";
import type { Dataset } from "../../query/dataset.ts";
import { evaluate } from "../../query/filter/evaluate.ts";

/** Fields whose values logs name. A number, a time or one word of a few is no spelling. */
const NAMED: ReadonlySet<FieldName> = new Set([
  "app",
  "developer",
  "api",
  "operation",
  "method",
  "path",
  "actor",
  "resource",
  "fields",
  "subjects",
  "ip",
  "user_agent",
  "request_id",
  "source",
]);

/** A value that a claim's filter names, as a term: `api:groups`. */
export interface NamedValue {
  readonly term: string;
  /** The position of the first call that has it; undefined where no log has. */
  readonly first: number | undefined;
  /** No log has it, and the registry does not know it either: most often a spelling. */
  readonly isUnmet: boolean;
}

/** Every value that a filter names, also behind `not`, where a spelling would count too much. */
export function namedValues(dataset: Dataset, filter: string): NamedValue[] {
  return leavesOf(parse(filter)).map((leaf) => {
    const resolved = resolve(leaf, {});
    const [first] = evaluate(resolved, dataset).first(1);
    return { term: print(leaf), first, isUnmet: first === undefined && !isRegistered(dataset, resolved) };
  });
}

function leavesOf(filter: Filter): Filter[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.flatMap(leavesOf);
    case "not":
      return leavesOf(filter.term);
    case "text":
      return [];
    default:
      return NAMED.has(filter.field)
        ? valuesOf(filter.value, filter.field === "source").map((value) => ({ ...filter, value }))
        : [];
  }
}

/** `isSource`: a number names a source, as its file name does. */
function valuesOf(value: Value, isSource: boolean): Value[] {
  if (value.kind === "and" || value.kind === "or") return value.terms.flatMap((term) => valuesOf(term, isSource));
  if (value.kind === "not") return valuesOf(value.term, isSource);
  return value.kind === "pattern" || value.kind === "cidr" || (isSource && value.kind === "number") ? [value] : [];
}

/** An app or developer of which the registry speaks is no spelling, though it never called. */
function isRegistered({ registry }: Dataset, leaf: Resolved): boolean {
  if (leaf.kind !== "field" || leaf.test.kind !== "pattern") return false;
  const passes = matcher(leaf.test.segments);
  if (leaf.field === "app") return [...registry.apps, ...registry.grants].some(({ app }) => passes(app));
  if (leaf.field !== "developer") return false;
  return registry.developers.some(({ developer_id, developer }) => passes(developer_id) || passes(developer ?? ""));
}
