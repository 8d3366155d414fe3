import { type FieldName, fieldNamed } from "./fields.ts";

/** What may be written at the caret. [from, to) are the 0-based UTF-16 units a choice would replace; `prefix`: what is typed of it. */
export interface Completion {
  readonly kind: "field" | "value" | "none";
  readonly field?: FieldName;
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}

const HEAD = /([\p{L}_@][\p{L}\p{N}_.@-]*)(?::(?:>=|<=|>|<)?|>=|<=|>|<)/uy;
const COMPARISON = /(?:>=|<=|>|<)?/y;
const QUOTED = /"(?:\\["\\]|[^"])*(?:"|$)/y;
const KEYWORD = /(?:and|or|not)(?=[\s()"]|$)/iy;

/** What is expected at the caret, in a text that need not parse. */
export function complete(text: string, caret: number): Completion {
  /** The field whose parentheses are open, innermost last; undefined: no field's. */
  const open: (FieldName | "unknown" | undefined)[] = [];
  let i = 0;
  while (i < caret) {
    const c = text.charAt(i);
    const inside = open.at(-1);
    if (/\s/.test(c) || (c === "-" && i + 1 <= caret)) i++;
    else if (c === "(") {
      open.push(inside);
      i++;
    } else if (c === ")") {
      open.pop();
      i++;
    } else if (matchAt(KEYWORD, text, i) > i && matchAt(KEYWORD, text, i) < caret) i = matchAt(KEYWORD, text, i);
    else {
      const head = inside === undefined ? headAt(text, i) : undefined;
      if (head && head.end <= caret) {
        if (text.charAt(head.end) === "(") {
          open.push(head.field);
          i = head.end + 1;
          continue;
        }
        const end = wordEnd(text, head.end);
        if (caret <= end) return value(text, head.field, head.end, caret, end);
        i = end;
        continue;
      }
      const start = inside === undefined ? i : matchAt(COMPARISON, text, i);
      const end = head ? i + head.name.length : wordEnd(text, start);
      if (caret <= end && inside !== undefined) return value(text, inside, Math.min(start, caret), caret, end);
      if (caret <= end) return field(text, i, caret, end);
      i = Math.max(end, i + 1);
    }
  }
  const inside = open.at(-1);
  const name = inside === undefined ? headAt(text, caret)?.name : undefined;
  const end = /[()]/.test(text.charAt(caret)) ? caret : name ? caret + name.length : wordEnd(text, caret);
  return inside === undefined ? field(text, caret, caret, end) : value(text, inside, caret, caret, end);
}

function headAt(text: string, i: number): { name: string; field: FieldName | "unknown"; end: number } | undefined {
  HEAD.lastIndex = i;
  const found = HEAD.exec(text);
  if (!found) return undefined;
  const name = found[1] as string;
  return { name, field: fieldNamed(name) ?? "unknown", end: HEAD.lastIndex };
}

function field(text: string, from: number, caret: number, to: number): Completion {
  const prefix = text.slice(from, caret);
  return { kind: prefix.startsWith('"') ? "none" : "field", prefix, from, to };
}

function value(text: string, field: FieldName | "unknown", from: number, caret: number, to: number): Completion {
  const prefix = text.slice(from, caret).replace(/\\(["\\])|"/g, "$1");
  return field === "unknown" ? { kind: "none", prefix, from, to } : { kind: "value", field, prefix, from, to };
}

/** Where the word at `i` ends: a space, the end, or a `)` it did not open; quoted pieces are whole. */
function wordEnd(text: string, i: number): number {
  let depth = 0;
  let at = i;
  while (at < text.length) {
    const c = text.charAt(at);
    if (/\s/.test(c) || (c === ")" && depth === 0)) break;
    if (c === "(") depth++;
    if (c === ")") depth--;
    at = c === '"' ? matchAt(QUOTED, text, at) : at + 1;
  }
  return at;
}

/** The end of a sticky pattern's match at `i`; `i` where it does not match. */
function matchAt(pattern: RegExp, text: string, i: number): number {
  pattern.lastIndex = i;
  return pattern.test(text) ? pattern.lastIndex : i;
}
