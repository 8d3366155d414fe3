import { fieldNamed } from "../../../shared/filter/fields.ts";

/** Parts of a filter's text by their role, for the coloured copy under the input; joined, they are the text. Pure. */
export interface Coloured {
  readonly kind: "field" | "operator" | "quoted" | "value" | "word" | "number" | "unknown" | "space";
  readonly text: string;
}

/** A field's name with what follows it: `api:`, `time>=`. */
const FIELD_AND_OPERATOR = /([\p{L}_@][\p{L}\p{N}_.@-]*)(:(?:>=|<=|>|<)?|>=|<=|>|<)/uy;
const QUOTED = /"(?:\\["\\]|[^"])*(?:"|$)/y;
const KEYWORD = /(?:and|or|not)(?=[\s()"]|$)/iy;
const SPACE = /\s+/y;
const OPERATOR = /[()*]|\.\.|>=|<=|>|<|-(?=[\p{L}("])/uy;
const WORD = /[^\s()*"]+?(?=\.\.|[\s()*"]|$)/uy;
/** Words that the policy fills in. */
const POLICY_WORD = /^(?:cutoff|asof|last\d+d)$/i;

export function coloured(text: string): Coloured[] {
  const parts: Coloured[] = [];
  const put = (kind: Coloured["kind"], part: string) => {
    if (part !== "") parts.push({ kind, text: part });
  };
  let at = 0;
  let isStart = true;
  while (at < text.length) {
    const take = (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) at = pattern.lastIndex;
      return found;
    };
    let found = take(SPACE);
    if (found) {
      put("space", found[0]);
      isStart = true;
      continue;
    }
    found = take(QUOTED);
    if (found) {
      put("quoted", found[0]);
      isStart = false;
      continue;
    }
    found = isStart ? take(KEYWORD) : null;
    if (found) {
      put("operator", found[0]);
      continue;
    }
    found = isStart ? take(FIELD_AND_OPERATOR) : null;
    if (found) {
      put(fieldNamed(found[1] as string) ? "field" : "unknown", found[1] as string);
      put("operator", found[2] as string);
      isStart = false;
      continue;
    }
    found = take(OPERATOR);
    if (found) {
      put("operator", found[0]);
      isStart = found[0] === "(" || found[0] === "-";
      continue;
    }
    found = take(WORD);
    const word = found?.[0] ?? text.charAt(at++);
    put(POLICY_WORD.test(word) ? "word" : /^\d[\d.:TZxX-]*$/u.test(word) ? "number" : "value", word);
    isStart = false;
  }
  return parts;
}

/** The parts with the character at `position` (1-based) on its own, so that it can be underlined. */
export function withMark(parts: readonly Coloured[], position: number): (Coloured & { readonly isMarked?: true })[] {
  let at = 1;
  return parts.flatMap((part) => {
    const start = at;
    at += part.text.length;
    if (position < start || position >= at) return [part];
    const index = position - start;
    const pieces = [
      { kind: part.kind, text: part.text.slice(0, index) },
      { kind: part.kind, text: part.text.slice(index, index + 1), isMarked: true as const },
      { kind: part.kind, text: part.text.slice(index + 1) },
    ];
    return pieces.filter((piece) => piece.text !== "");
  });
}
