import { Refusal } from "../base/errors.ts";
import type { Micros } from "../base/time.ts";
import type { FieldName } from "./fields.ts";
import { parse } from "./parse.ts";
import { type ResolveContext, resolve } from "./resolve.ts";
import { type FieldNode, termsOf } from "./terms.ts";
import type { Filter } from "./tree.ts";

/** What the controls show of one field. */
export interface Shown {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  /** `F:*` and `-F:*` as terms. */
  readonly present: boolean;
  readonly absent: boolean;
  /** The field is also, or only, asked for in a way that a list of values cannot show: "set in the text". */
  readonly inText: boolean;
}

export function shown(text: string, field: FieldName): Shown {
  const filter = parse(text);
  const terms = termsOf(text, filter, field);
  const listed = terms.filter((term) => term.values !== undefined || term.value.kind === "present");
  const values = (isNot: boolean) =>
    listed
      .filter((term) => term.isNot === isNot)
      .flatMap((term) => (term.values ?? []).filter((value) => value.isLiteral).map((value) => value.text));
  return {
    included: values(false),
    excluded: values(true),
    present: listed.some((term) => !term.isNot && term.value.kind === "present"),
    absent: listed.some((term) => term.isNot && term.value.kind === "present"),
    inText:
      mentions(filter, field) > listed.length || listed.some((term) => term.values?.some((value) => !value.isLiteral)),
  };
}

/** What the date control shows. */
export interface ShownTime {
  /** The `time` terms as written, `last60d` as `time:last60d`. */
  readonly terms: readonly string[];
  /** What they come to, [from, to) in µs; open where absent, and where it takes a policy and there is none. */
  readonly from?: Micros;
  readonly to?: Micros;
  readonly inText: boolean;
}

export function shownTime(text: string, times: ResolveContext): ShownTime {
  const filter = parse(text);
  const terms = termsOf(text, filter, "time");
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  let simple = 0;
  for (const term of terms) {
    const test = term.isNot ? undefined : rangeOf(term.node, times);
    if (!test) continue;
    simple++;
    from = Math.max(from, test.from);
    to = Math.min(to, test.to);
  }
  return {
    terms: terms.map((term) => text.slice(term.span.from, term.span.to)),
    ...(Number.isFinite(from) && { from }),
    ...(Number.isFinite(to) && { to }),
    inText: mentions(filter, "time") > simple,
  };
}

/** Whether and how often a field is named, anywhere. */
function mentions(filter: Filter, field: FieldName): number {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.reduce((sum, term) => sum + mentions(term, field), 0);
    case "not":
      return mentions(filter.term, field);
    case "text":
      return 0;
    default:
      return filter.field === field ? 1 : 0;
  }
}

/** The range of one `time` term; open where it takes a policy and there is none; undefined if it is more than one range. */
function rangeOf(node: FieldNode, times: ResolveContext): { readonly from: number; readonly to: number } | undefined {
  try {
    const resolved = resolve(node, times);
    return resolved.kind === "field" && resolved.test.kind === "range" ? resolved.test : undefined;
  } catch (error) {
    if (error instanceof Refusal && error.code === "policy-missing") return { from: -Infinity, to: Infinity };
    throw error;
  }
}
