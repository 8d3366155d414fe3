import { LEVELS } from "../../model/level.ts";
import type { Completion } from "../complete.ts";
import { FIELD_NAMES, type FieldName, fieldRow } from "../fields.ts";
import { fold } from "../match.ts";
import { quote } from "../print.ts";

/** One thing that may be written at the caret. */
export interface Suggestion {
  /** As shown: a field's name or a value. */
  readonly label: string;
  /** What is written for it. */
  readonly written: string;
  readonly detail?: string;
  readonly count?: number;
}

/** What the case itself brings to a list of values. */
export interface Known {
  readonly hasPolicy: boolean;
  readonly rules: readonly string[];
  readonly months: readonly string[];
  readonly tags: readonly string[];
  readonly values: readonly { readonly value?: string; readonly count: number }[];
}

const MAX_SUGGESTIONS = 12;

export function suggestions(completion: Completion, known: Known): Suggestion[] {
  const { kind, prefix, field } = completion;
  if (kind === "none") return [];
  const all = kind === "field" || field === undefined ? fields() : valuesOf(field, known);
  const wanted = fold(prefix.replace(/^(?:>=|<=|>|<)/u, ""));
  const starts = all.filter((each) => fold(each.label).startsWith(wanted));
  const holds = all.filter((each) => !fold(each.label).startsWith(wanted) && fold(each.label).includes(wanted));
  const found = [...starts, ...holds].slice(0, MAX_SUGGESTIONS);
  // what is already written needs no offer
  return found.length === 1 && found[0]?.written === prefix ? [] : found;
}

/** The text with a suggestion in its place, and where the caret then is. */
export function accepted(text: string, completion: Completion, chosen: Suggestion): { text: string; caret: number } {
  const comparison = /^(?:>=|<=|>|<)/u.exec(text.slice(completion.from, completion.to))?.[0] ?? "";
  const isField = completion.kind === "field";
  const behind = text.slice(completion.to);
  const space = isField || /^[\s)]/u.test(behind) ? "" : " ";
  const written = `${comparison}${chosen.written}${space}`;
  return { text: text.slice(0, completion.from) + written + behind, caret: completion.from + written.length };
}

function fields(): Suggestion[] {
  return FIELD_NAMES.map((name) => ({
    label: name,
    written: `${name}:`,
    detail: fieldRow(name).description.replaceAll("`", ""),
  }));
}

function valuesOf(field: FieldName, known: Known): Suggestion[] {
  const plain = (label: string, detail?: string): Suggestion => ({
    label,
    written: label,
    ...(detail === undefined ? {} : { detail }),
  });
  const { kind, choices } = fieldRow(field);
  switch (kind) {
    case "time":
      return [
        ...(known.hasPolicy
          ? [
              plain("cutoff", "when the restriction took effect"),
              plain("asof", "where the policy ends"),
              plain("last60d", "60 days before as-of"),
            ]
          : []),
        ...known.months.map((month) => plain(month)),
      ];
    case "level":
      return LEVELS.flatMap((level) => [plain(level), plain(`${level}+`, "that level and above")]);
    case "flag":
      return [plain("yes"), plain("no")];
    case "finding":
      return [
        ...["open", "confirmed", "dismissed", "disputed"].map((word) => plain(word)),
        ...known.rules.map((rule) => ({ ...plain(rule, "rule"), written: quote(rule) })),
      ];
    case "annotation":
      return field === "tag" ? known.tags.map((tag) => ({ label: tag, written: quote(tag) })) : [plain("*", "has any")];
    default:
      break;
  }
  if (choices) return choices.map((choice) => plain(choice));
  return known.values.flatMap(({ value, count }) =>
    value === undefined ? [] : [{ label: value, written: quote(value), count }],
  );
}
