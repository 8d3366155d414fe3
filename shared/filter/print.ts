import { cidrText } from "./cidr.ts";
import type { FieldName } from "./fields.ts";
import { isWordOperator } from "./other-languages.ts";
import type { Filter, NumberLiteral, Segments, TimeLiteral, Value } from "./tree.ts";
import { never } from "./tree.ts";

const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;

/** Words that bare would be read as a part of the language, or of another one. */
const isWord = (value: string): boolean => /^(?:and|or|not|in|null|z|utc|gmt)$/i.test(value) || isWordOperator(value);

/** A filter as canonical text: `parse(print(f))` is `f`, but for positions. */
export function print(filter: Filter): string {
  return node(filter);
}

/** How to write a text so that `parse` matches that text alone, after `field:` and as a term of its own. */
export function quote(value: string): string {
  if (PLAIN.test(value) && !value.includes("..") && !isWord(value)) return value;
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** `field`: whose value it is, where it is one. */
function node(part: Filter | Value, field?: FieldName): string {
  switch (part.kind) {
    case "and":
      return part.terms.map((term) => inside(term, field)).join(" ");
    case "or":
      return part.terms.map((term) => (term.kind === "or" ? inside(term, field) : node(term, field))).join(" or ");
    case "not":
      return `not ${inside(part.term, field)}`;
    case "text":
      return segments(part.segments);
    case "field":
      return `${part.field}${after(part.value, part.field)}`;
    case "present":
      return "*";
    case "pattern": {
      const text = segments(part.segments);
      // bare digits are a source's number, not its name
      return field === "source" && /^\d+$/.test(text) ? `"${text}"` : text;
    }
    case "time":
      return literal(part.literal);
    case "number":
      return part.literal.from < 0 ? `"${literal(part.literal)}"` : literal(part.literal);
    case "range":
      return `${part.from ? literal(part.from) : ""}..${part.to ? literal(part.to) : ""}`;
    case "compare":
      return `${part.op}${literal(part.literal)}`;
    case "cidr":
      return cidrText(part.cidr);
    case "flag":
      return part.value ? "yes" : "no";
    case "level":
      return `${part.level}${part.above ? "+" : ""}`;
    default:
      return never(part);
  }
}

function inside(part: Filter | Value, field: FieldName | undefined): string {
  return part.kind === "and" || part.kind === "or" ? `(${node(part, field)})` : node(part, field);
}

/** What stands behind the field's name, its operator included. */
function after(value: Value, field: FieldName): string {
  if (value.kind === "compare") return node(value, field);
  if (value.kind === "and" || value.kind === "or" || value.kind === "not") return `:(${node(value, field)})`;
  return `:${node(value, field)}`;
}

function literal(part: TimeLiteral | NumberLiteral): string {
  switch (part.kind) {
    case "number":
      return part.from === part.to ? String(part.from) : `${part.from / 100}xx`;
    case "period":
      return part.text;
    case "last":
      return `last${part.days}d`;
    default:
      return part.kind;
  }
}

/** Each segment in quotes where it needs them, so that `*` between them is the only wildcard. */
function segments(pattern: Segments): string {
  if (pattern.length === 1) return quote(pattern[0] as string);
  return pattern.map((segment) => (segment === "" ? "" : quote(segment))).join("*");
}
