import { parse } from "../../../shared/filter/parse.ts";
import { members, rangeIn } from "../../../shared/filter/terms.ts";
import type { Filter, Value } from "../../../shared/filter/tree.ts";
import { NO_RULE, type RuleDraft } from "../../session/policy-draft.ts";
import { NOT_IN_A_RULE } from "./faults.ts";

/** A filter as a rule: what a rule can hold goes into its lines, the rest into "also only"; what cannot be a rule is named. */
export interface FromFilter {
  readonly rule: RuleDraft;
  readonly asOf?: string;
  /** What was not taken over, each in one sentence. */
  readonly left: readonly string[];
}

/** @throws Refusal `filter-wrong` */
export function ruleOfFilter(text: string): FromFilter {
  const tree = parse(text);
  const rest: string[] = [];
  const left: string[] = [];
  let rule = NO_RULE;
  let asOf: string | undefined;
  for (const member of members(tree)) {
    const { from, to } = rangeIn(member);
    const written = text.slice(from, to);
    const forbidden = fieldsOf(member).find((field) => NOT_IN_A_RULE[field] !== undefined);
    if (forbidden !== undefined) {
      left.push(`"${written}" cannot stand in a rule: ${NOT_IN_A_RULE[forbidden]}.`);
      continue;
    }
    const taken = takeOver(member, text, rule);
    if (taken === undefined) rest.push(written);
    else if ("left" in taken) left.push(taken.left);
    else if ("asOf" in taken) asOf = taken.asOf;
    else rule = { ...rule, ...taken };
  }
  // what is joined by `or` would change its meaning among other terms
  const filter = rest.map((each) =>
    /\bor\b/u.test(each) && !each.startsWith("(") && !/^[a-z_]+:\(/u.test(each) ? `(${each})` : each,
  );
  return { rule: { ...rule, filter: filter.join(" ") }, ...(asOf === undefined ? {} : { asOf }), left };
}

type Taken = Partial<RuleDraft> | { readonly left: string } | { readonly asOf: string };

function takeOver(member: Filter, text: string, rule: RuleDraft): Taken | undefined {
  const isNot = member.kind === "not";
  const node = isNot ? member.term : member;
  if (node.kind !== "field") return undefined;
  const { from, to } = rangeIn(member);
  const literals = literalsOf(node.value);
  switch (node.field) {
    case "api":
      return !isNot && literals && rule.api.length === 0 ? { api: literals } : undefined;
    case "operation": {
      const patterns = patternsOf(node.value);
      return !isNot && patterns && rule.operations.length === 0 ? { operations: patterns } : undefined;
    }
    case "fields":
      return !isNot && literals && rule.restricted_fields.length === 0 ? { restricted_fields: literals } : undefined;
    case "app":
      return isNot && literals ? { exempt_apps: [...rule.exempt_apps, ...literals] } : undefined;
    case "caller":
      return !isNot && literals && rule.caller.length === 0 ? { caller: literals } : undefined;
    case "outcome":
      return { left: `"${text.slice(from, to)}" is left out: the levels say how a call ended.` };
    case "time":
      return isNot ? undefined : timeOf(node.value, text.slice(from, to));
    default:
      return undefined;
  }
}

/** The beginning of a time is when the rule binds, its end is as-of. Words are those of the policy in force. */
function timeOf(value: Value, written: string): Taken | undefined {
  if (value.kind !== "compare" || value.literal.kind === "number") return undefined;
  const { literal, op } = value;
  if (literal.kind !== "period") return { left: `"${written}" is left out: a rule has its own day and as-of.` };
  if (op === ">=") return { effective_from: literal.text };
  if (op !== "<") return undefined;
  // before a day without a clock: as-of as a bare day would be that day's end
  return { asOf: /^\d{4}-\d{2}-\d{2}$/u.test(literal.text) ? `${literal.text}T00:00:00Z` : literal.text };
}

/** Values without a wildcard. */
function literalsOf(value: Value): string[] | undefined {
  const patterns = patternsOf(value);
  return patterns?.some((each) => each.includes("*")) ? undefined : patterns;
}

/** Values with their wildcards, as a rule's operations have them. */
function patternsOf(value: Value): string[] | undefined {
  const parts = value.kind === "or" ? value.terms : [value];
  const patterns = parts.map((part) => (part.kind === "pattern" ? part.segments.join("*") : undefined));
  return patterns.every((each) => each !== undefined) ? patterns : undefined;
}

function fieldsOf(filter: Filter): string[] {
  if (filter.kind === "and" || filter.kind === "or") return filter.terms.flatMap(fieldsOf);
  if (filter.kind === "not") return fieldsOf(filter.term);
  return filter.kind === "field" ? [filter.field] : [];
}
