import { Refusal } from "../base/errors.ts";
import type { Period } from "../base/period.ts";
import { DAY, type Micros } from "../base/time.ts";
import { LEVELS } from "../model/level.ts";
import { blockOf } from "./cidr.ts";
import {
  type Filter,
  type NumberLiteral,
  never,
  type Resolved,
  type Test,
  type TimeLiteral,
  type Value,
  type ValueLeaf,
} from "./tree.ts";

/** What a policy fills in, in µs UTC. Absent: the case has no policy, and the words are refused. */
export interface ResolveContext {
  /** The rule's `effective_from` + grace. */
  readonly cutoff?: Micros;
  readonly asOf?: Micros;
}

/**
 * What a filter means: every time, number and level in numbers, `field:(a or b)` spelled out.
 * @throws Refusal `policy-missing` for `cutoff`, `asof`, `last60d` without their value in `times`
 */
export function resolve(filter: Filter, times: ResolveContext): Resolved {
  switch (filter.kind) {
    case "and":
    case "or":
      return { kind: filter.kind, terms: filter.terms.map((term) => resolve(term, times)) };
    case "not":
      return { kind: "not", term: resolve(filter.term, times) };
    case "text":
      return { kind: "text", segments: filter.segments };
    case "field":
      return valued(filter, filter.value, times);
    default:
      return never(filter);
  }
}

/** Whether the filter names `duplicate`; if not, duplicates are left out. */
export function namesDuplicate(filter: Resolved): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.some(namesDuplicate);
    case "not":
      return namesDuplicate(filter.term);
    case "text":
      return false;
    case "field":
      return filter.field === "duplicate";
    default:
      return never(filter);
  }
}

function valued(node: Extract<Filter, { kind: "field" }>, value: Value, times: ResolveContext): Resolved {
  switch (value.kind) {
    case "and":
    case "or":
      return { kind: value.kind, terms: value.terms.map((term) => valued(node, term, times)) };
    case "not":
      return { kind: "not", term: valued(node, value.term, times) };
    default:
      return {
        kind: "field",
        field: node.field,
        test: (node.field === "ip" && oneAddress(value)) || testOf(value, times),
      };
  }
}

/** An address is the same in every spelling. */
function oneAddress(value: ValueLeaf): Test | undefined {
  const written = value.kind === "pattern" && value.segments.length === 1 ? value.segments[0] : undefined;
  const cidr = written === undefined ? undefined : blockOf(written);
  return cidr && { kind: "cidr", cidr };
}

function testOf(value: ValueLeaf, times: ResolveContext): Test {
  switch (value.kind) {
    case "present":
      return { kind: "present" };
    case "pattern":
      return { kind: "pattern", segments: value.segments };
    case "time":
    case "number":
      return range(value.literal, value.literal, times);
    case "range":
      return range(value.from, value.to, times);
    case "compare":
      return compare(value, times);
    case "cidr":
      return { kind: "cidr", cidr: value.cidr };
    case "flag":
      return { kind: "flag", value: value.value };
    case "level": {
      const lowest = LEVELS.indexOf(value.level);
      return { kind: "levels", levels: value.above ? LEVELS.slice(lowest) : [value.level] };
    }
    default:
      return never(value);
  }
}

type Literal = TimeLiteral | NumberLiteral;

/** From the beginning of one literal to the end of the other, both included. */
function range(first: Literal | undefined, last: Literal | undefined, times: ResolveContext): Test {
  const isTime = (last ?? first)?.kind !== "number";
  return {
    kind: "range",
    from: first ? extent(first, times).from : Number.NEGATIVE_INFINITY,
    fromInclusive: true,
    to: last ? extent(last, times).to : Number.POSITIVE_INFINITY,
    toInclusive: !isTime,
  };
}

function compare({ op, literal }: Extract<ValueLeaf, { kind: "compare" }>, times: ResolveContext): Test {
  const { from, to } = extent(literal, times);
  const isTime = literal.kind !== "number";
  const open = {
    kind: "range",
    from: Number.NEGATIVE_INFINITY,
    fromInclusive: true,
    to: Number.POSITIVE_INFINITY,
    toInclusive: !isTime,
  } as const;
  switch (op) {
    case ">=":
      return { ...open, from };
    case ">":
      // the end of a time already lies outside its period, the end of 4xx does not
      return { ...open, from: to, fromInclusive: isTime };
    case "<":
      return { ...open, to: from, toInclusive: false };
    case "<=":
      return { ...open, to };
    default:
      return never(op);
  }
}

/** Times as [from, to), a policy's instants 1 µs wide; numbers as [from, to]. */
function extent(literal: Literal, { cutoff, asOf }: ResolveContext): Period {
  switch (literal.kind) {
    case "number":
    case "period":
      return literal;
    case "cutoff":
      return instant(cutoff ?? refuse(literal.position, "`cutoff`"));
    case "asof":
      return instant(asOf ?? refuse(literal.position, "`asof`"));
    case "last": {
      const to = asOf ?? refuse(literal.position, `\`last${literal.days}d\``);
      return { from: to - literal.days * DAY, to };
    }
    default:
      return never(literal);
  }
}

function instant(time: Micros): Period {
  return { from: time, to: time + 1 };
}

function refuse(position: number, word: string): never {
  const what = `at ${position}: ${word} needs a policy, and the case has none`;
  throw new Refusal("policy-missing", what, "load one with `exhibit policy CASE POLICY.json`, or write the date", {
    position,
  });
}
