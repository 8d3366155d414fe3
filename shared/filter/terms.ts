import type { FieldName } from "./fields.ts";
import type { Filter, Span, Value } from "./tree.ts";

/** A member of the outermost `and` that speaks of one field. `from`, `to`: 0-based, `to` just after it. */
export interface Term {
  readonly index: number;
  readonly span: Range;
  readonly isNot: boolean;
  readonly node: FieldNode;
  readonly value: Value;
  /** One literal, or literals, wildcards and ranges joined by `or`; else undefined. */
  readonly values: readonly Listed[] | undefined;
}

export interface Listed {
  readonly text: string;
  readonly isLiteral: boolean;
  readonly span: Range;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export type FieldNode = Extract<Filter, { kind: "field" }>;

export function rangeIn(span: Span): Range {
  return { from: span.at - 1, to: span.end - 1 };
}

/** The members of the outermost `and`. One in parentheses of its own is one member. */
export function members(filter: Filter): readonly Filter[] {
  return filter.kind === "and" && !isWrapped(filter) ? filter.terms : [filter];
}

/** Whether parentheses around the whole of it belong to the node. */
export function isWrapped(filter: Filter): boolean {
  if (filter.kind !== "and" && filter.kind !== "or") return false;
  const first = filter.terms[0];
  return first !== undefined && filter.at < first.at;
}

export function termsOf(text: string, filter: Filter, field: FieldName): readonly Term[] {
  return members(filter).flatMap((member, index) => {
    const isNot = member.kind === "not";
    const node = isNot ? member.term : member;
    if (node.kind !== "field" || node.field !== field) return [];
    return [{ index, span: rangeIn(member), isNot, node, value: node.value, values: valuesOf(text, node.value) }];
  });
}

/** The literals of `F:a` and `F:(a or b)`. */
function valuesOf(text: string, value: Value): readonly Listed[] | undefined {
  const parts = value.kind === "or" ? value.terms : [value];
  const listed = parts.map((part): Listed | undefined => {
    if (part.kind === "and" || part.kind === "or" || part.kind === "not" || part.kind === "present") return undefined;
    const plain = plainOf(part);
    return {
      text: plain ?? text.slice(part.at - 1, part.end - 1),
      isLiteral: plain !== undefined,
      span: rangeIn(part),
    };
  });
  // "with no such term, or only a range or wildcard"
  if (!listed.some((part) => part?.isLiteral)) return undefined;
  return listed.every((part) => part !== undefined) ? listed : undefined;
}

/** The one value that a leaf stands for; undefined for wildcards, ranges and everything else that takes in more. */
function plainOf(part: Value): string | undefined {
  switch (part.kind) {
    case "pattern":
      return part.segments.length === 1 ? part.segments[0] : undefined;
    case "number":
      return part.literal.from === part.literal.to ? String(part.literal.from) : undefined;
    case "time":
      return part.literal.kind === "period" ? part.literal.text : undefined;
    case "flag":
      return part.value ? "yes" : "no";
    case "level":
      return part.above ? undefined : part.level;
    default:
      return undefined;
  }
}
