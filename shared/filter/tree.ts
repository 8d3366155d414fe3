import type { Micros } from "../base/time.ts";
import type { Level } from "../model/level.ts";
import type { FieldName } from "./fields.ts";

/**
 * Where a node stands in the text: 1-based UTF-16 units, `end` just after the last one, parentheses around it included.
 * `text.slice(at - 1, end - 1)` is the node as written.
 */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** Literal segments with a wildcard between each two: `a*b` is ["a", "b"], `*a` is ["", "a"]. Never empty; as typed, not folded. */
export type Segments = readonly string[];

/** A network: `bits` leading bits of `address` (4 bytes for IPv4, 16 for IPv6), its other bits zero. */
export interface Cidr {
  readonly address: readonly number[];
  readonly bits: number;
}

/**
 * A time as written: a period or instant [from, to) in µs UTC, or a word that only a policy can fill.
 * `position`: of the word, in characters, for a refusal.
 */
export type TimeLiteral = Span &
  (
    | { readonly kind: "period"; readonly text: string; readonly from: Micros; readonly to: Micros }
    | { readonly kind: "cutoff"; readonly position: number }
    | { readonly kind: "asof"; readonly position: number }
    | { readonly kind: "last"; readonly days: number; readonly position: number }
  );

/** A number as written: from = to, except `4xx` which is 400 to 499, both included. */
export type NumberLiteral = Span & { readonly kind: "number"; readonly from: number; readonly to: number };

export type Comparison = ">=" | ">" | "<=" | "<";

/** and/or/not over leaves. Parse gives and/or two or more terms; an `and` without terms is the empty filter: everything. */
export type Expression<Leaf> = Span &
  (
    | { readonly kind: "and"; readonly terms: readonly Expression<Leaf>[] }
    | { readonly kind: "or"; readonly terms: readonly Expression<Leaf>[] }
    | { readonly kind: "not"; readonly term: Expression<Leaf> }
    | Leaf
  );

/** One value after `field:`. A range has at least one end and includes both, all of their period or class. */
export type ValueLeaf =
  | { readonly kind: "present" }
  | { readonly kind: "pattern"; readonly segments: Segments }
  | { readonly kind: "time"; readonly literal: TimeLiteral }
  | { readonly kind: "number"; readonly literal: NumberLiteral }
  | { readonly kind: "range"; readonly from?: TimeLiteral | NumberLiteral; readonly to?: TimeLiteral | NumberLiteral }
  | { readonly kind: "compare"; readonly op: Comparison; readonly literal: TimeLiteral | NumberLiteral }
  | { readonly kind: "cidr"; readonly cidr: Cidr }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "level"; readonly level: Level; readonly above: boolean };

/** What stands after `field:`, as written. */
export type Value = Expression<ValueLeaf>;

type FilterLeaf =
  | { readonly kind: "text"; readonly segments: Segments }
  | { readonly kind: "field"; readonly field: FieldName; readonly value: Value };

/** A filter as written. */
export type Filter = Expression<FilterLeaf>;

/**
 * The test of one field, ready for evaluation:
 * - present: the field is there (a list: logged, even if empty; `fields`: not empty)
 * - pattern: text, list elements, outcome, fields_are, tags, notes, findings, source file names: see `matcher` in match.ts
 * - range: time (µs; always from inclusive, to exclusive), numbers, source by number. Open ends are ∓Infinity
 * - cidr: ip only; flag: duplicate only; levels: level only, any of these
 */
export type Test =
  | { readonly kind: "present" }
  | { readonly kind: "pattern"; readonly segments: Segments }
  | {
      readonly kind: "range";
      readonly from: number;
      readonly fromInclusive: boolean;
      readonly to: number;
      readonly toInclusive: boolean;
    }
  | { readonly kind: "cidr"; readonly cidr: Cidr }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "levels"; readonly levels: readonly Level[] };

/**
 * A filter with its meaning filled in (resolve.ts): `field:(a or not b)` is spelled out as `field:a or not field:b`, so that
 * every leaf holds one test. `and` without terms is true. `not` turns the leaf's answer round, so it holds for events without the field.
 */
export type Resolved =
  | { readonly kind: "and"; readonly terms: readonly Resolved[] }
  | { readonly kind: "or"; readonly terms: readonly Resolved[] }
  | { readonly kind: "not"; readonly term: Resolved }
  | { readonly kind: "text"; readonly segments: Segments }
  | { readonly kind: "field"; readonly field: FieldName; readonly test: Test };

/** Does not compile where a walk misses a kind of node. */
export function never(node: never): never {
  throw new TypeError(`no such node: ${JSON.stringify(node)}`);
}
