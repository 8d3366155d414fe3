import { idKey } from "../../../shared/base/same-id.ts";
import type { Micros } from "../../../shared/base/time.ts";
import { fieldPaths, fold, matcher } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import { CALLERS, callerCode, FLAG } from "../../../shared/model/event.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import type { Dataset } from "../../query/dataset.ts";
import { evaluate } from "../../query/filter/evaluate.ts";
import { groupsOf, type OperationGroup } from "./operation-sets.ts";

/** The calls a rule speaks of, as positions: within [from, to), `inside(p)` tells. Decided once, looked up per call. */
export interface Scope {
  readonly from: number;
  readonly to: number;
  /** The rule speaks of the call, if what called is not left out of it. */
  asks(position: number): boolean;
  /** The rule means calls of what called. */
  means(position: number): boolean;
  /** The rule speaks of the call. */
  inside(position: number): boolean;
  /** The call may count: it is no duplicate, and its app is not exempt. */
  counts(position: number): boolean;
}

/** [from, to) */
export interface TimeSpan {
  readonly from: Micros;
  readonly to: Micros;
}

/** @param span the calls that are in question. `cutoff` and `asOf` are what the rule's own filter may name. */
export function scopeOf(
  dataset: Dataset,
  rule: Rule,
  cutoff: Micros,
  asOf: Micros,
  span: TimeSpan = { from: cutoff, to: asOf },
): Scope {
  const { columns } = dataset;
  const { api, operations, caller, filter } = rule.applies_to;
  const apis = api && new Set(api.map(fold));
  const groups = operations && groupsOf(operations).map((group) => groupTables(dataset, group));
  const apiPasses = columns.dictionary("api").table((text) => !apis || apis.has(fold(text)), !apis);
  const exempt = new Set(rule.exempt_apps.map(idKey));
  const appPasses = columns.dictionary("app").table((text) => !exempt.has(idKey(text)), true);
  const apiOf = columns.codes("api");
  const routeOf = columns.codes("operation");
  const appOf = columns.codes("app");
  const flags = columns.codes("flags");
  const narrowed = filter ? evaluate(resolve(parse(filter), { cutoff, asOf }), dataset) : undefined;
  // By flags: a service of the platform that calls for itself is nobody's app.
  const callerPasses = Uint8Array.from({ length: 256 }, (_, bits) => (isMeant(caller, bits) ? 1 : 0));
  const routes = columns.dictionary("operation").all().length;
  const passes = (api: number, route: number): boolean =>
    apiPasses[api] === 1 &&
    (groups === undefined ||
      groups.some((group) => group.routes[route] === 1 && (!group.apis || group.apis[api] === 1)));
  const pairs = pairTable(apiPasses.length, routes, passes);
  const asks = (p: number): boolean => {
    const api = apiOf[p] as number;
    const route = routeOf[p] as number;
    if (pairs === undefined ? !passes(api, route) : pairs[api * routes + route] === 0) return false;
    return narrowed === undefined || narrowed.has(p);
  };
  const means = (p: number): boolean => callerPasses[flags[p] as number] === 1;
  return {
    from: columns.lowerBound(span.from),
    to: columns.lowerBound(span.to),
    asks,
    means,
    inside: (p) => means(p) && asks(p),
    counts: (p) => appPasses[appOf[p] as number] === 1 && ((flags[p] as number) & FLAG.duplicate) === 0,
  };
}

/** Bytes of the largest table of pairs. */
const MAX_PAIRS = 1 << 22;

/** By api and operation: 1 where both together pass, so that a call is looked up once. Of too many there is no table. */
function pairTable(
  apis: number,
  routes: number,
  passes: (api: number, route: number) => boolean,
): Uint8Array | undefined {
  if (apis * routes > MAX_PAIRS) return undefined;
  const table = new Uint8Array(apis * routes);
  for (let api = 0; api < apis; api += 1)
    for (let route = 0; route < routes; route += 1) if (passes(api, route)) table[api * routes + route] = 1;
  return table;
}

/** By id of `text_api` and `text_operation`: whether a call of that text is in the group. `apis` absent: whatever the API. */
function groupTables(
  { columns }: Dataset,
  { api, operations }: OperationGroup,
): { apis?: Uint8Array; routes: Uint8Array } {
  const passing = (column: "api" | "operation", patterns: readonly string[]) => {
    const matchers = patterns.map((pattern) => matcher(pattern.split("*")));
    return columns.dictionary(column).table((text) => matchers.some((matches) => matches(text)));
  };
  return { ...(api && { apis: passing("api", api) }), routes: passing("operation", operations) };
}

/** Whether a rule means calls of such flags: the callers that it names, else all but services of the platform. */
function isMeant(named: Rule["applies_to"]["caller"], flags: number): boolean {
  const caller = CALLERS[callerCode(flags) - 1];
  return named === undefined ? caller !== "service" : caller !== undefined && named.includes(caller);
}

/** What a call's list of fields means to a rule; 0: it is not known. */
export const FIELDS_OPEN = 1;
export const FIELDS_RESTRICTED = 2;

export interface RestrictedFields {
  /** By id in `text_fields`: 0, open or restricted. */
  readonly kind: Uint8Array;
  /** By id in `text_fields`: the rule's own spelling of the restricted fields it holds; all that it holds where the rule names none. */
  readonly got: readonly (readonly string[])[];
}

export function restrictedFields(dataset: Dataset, rule: Rule): RestrictedFields {
  const lists = dataset.columns.dictionary("fields").all();
  const { restricted_fields: names } = rule;
  if (names === undefined) return everyField(lists);
  const kind = new Uint8Array(lists.length);
  const got = lists.map((list, id) => {
    const elements = list === undefined ? [] : (JSON.parse(list) as string[]);
    if (elements.length === 0) return [];
    const paths = new Set(elements.flatMap((element) => fieldPaths(element).map(fold)));
    const restricted = names.filter((field) => paths.has(fold(field)));
    kind[id] = restricted.length > 0 ? FIELDS_RESTRICTED : FIELDS_OPEN;
    return restricted;
  });
  return { kind, got };
}

/** Stands for what a call returned where its log names no field. */
const ANY_FIELD = "*";

/** All that the calls return is restricted: the fields got are those logged, as they were logged. */
function everyField(lists: readonly (string | undefined)[]): RestrictedFields {
  const got = lists.map((list) => {
    const elements = list === undefined ? [] : (JSON.parse(list) as string[]);
    return elements.length === 0 ? [ANY_FIELD] : [...new Set(elements)];
  });
  return { kind: new Uint8Array(lists.length).fill(FIELDS_RESTRICTED), got };
}
