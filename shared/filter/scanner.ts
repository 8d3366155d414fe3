import type { Refusal } from "../base/errors.ts";
import { foreignCharacter } from "./foreign-character.ts";
import { excerpt, mistake } from "./mistake.ts";
import type { Segments, Span } from "./tree.ts";

/** A run of text between separators: bare characters, quoted pieces and wildcards. */
export interface Word extends Span {
  readonly raw: string;
  /** The unquoted characters, `*` included; each quoted piece stands as one `"`. */
  readonly bare: string;
  readonly quoted: boolean;
  readonly segments: Segments;
}

export interface Keyword extends Span {
  readonly word: "and" | "or" | "not";
}

const SPACE = /\s/;
const SPACES = /\s*/y;
const KEYWORD = /(and|or|not)(?=[\s()"]|$)/iy;
const HEAD = /([\p{L}_@][\p{L}\p{N}_.@-]*)(:(?:>=|<=|>|<)?|>=|<=|>|<)/uy;

/** Walks over the text of a filter. `i` is the 0-based UTF-16 unit it stands at. */
export class Scanner {
  readonly text: string;
  i = 0;
  private unit = 0;
  private character = 1;

  constructor(text: string) {
    this.text = text;
  }

  /** The 1-based character at a 0-based unit: people count a surrogate pair as one. */
  position(unit: number): number {
    if (unit < this.unit) {
      this.unit = 0;
      this.character = 1;
    }
    while (this.unit < unit) {
      this.unit += (this.text.codePointAt(this.unit) as number) > 0xffff ? 2 : 1;
      this.character++;
    }
    return this.character;
  }

  mistake(unit: number, what: string, todo: string): Refusal {
    return mistake(this.position(unit), what, todo);
  }

  get atEnd(): boolean {
    return this.i >= this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.i);
  }

  get atSpace(): boolean {
    return SPACE.test(this.next);
  }

  skipSpace(): void {
    SPACES.lastIndex = this.i;
    SPACES.exec(this.text);
    this.i = SPACES.lastIndex;
  }

  /** and, or, not where they are words; does not move. */
  keyword(): Keyword | undefined {
    KEYWORD.lastIndex = this.i;
    const found = KEYWORD.exec(this.text);
    if (!found) return undefined;
    const word = (found[1] as string).toLowerCase() as Keyword["word"];
    return { word, at: this.i + 1, end: this.i + 1 + word.length };
  }

  /** `name:`, `name>=` and the like; does not move. */
  head(): { readonly name: string; readonly operator: string } | undefined {
    HEAD.lastIndex = this.i;
    const found = HEAD.exec(this.text);
    return found ? { name: found[1] as string, operator: found[2] as string } : undefined;
  }

  /** Reads to a space, the end, or a `)` that the word did not open. */
  word(): Word {
    const start = this.i;
    const segments = [""];
    let bare = "";
    let quoted = false;
    let last: "start" | "bare" | "quoted" | "star" = "start";
    const open: number[] = [];
    const append = (piece: string) => {
      segments[segments.length - 1] += piece;
    };
    while (!this.atEnd && !this.atSpace) {
      const c = this.next;
      if (c === ")" && open.length === 0) break;
      if (last === "quoted" && c !== "*") {
        const todo =
          c === ","
            ? "write `or` between two values: `app:(A or B)`"
            : 'write a space between two terms, and \\" for a quotation mark inside quotes';
        throw this.mistake(this.i, `${naming(c)} right after a closing quotation mark`, todo);
      }
      if (c === '"') {
        if (last === "bare") {
          const todo = 'put all of it in quotes, and write \\" for a quotation mark inside them';
          throw this.mistake(this.i, `a quotation mark inside \`${excerpt(this.text.slice(start, this.i))}\``, todo);
        }
        append(this.quotedPiece());
        bare += '"';
        quoted = true;
        last = "quoted";
        continue;
      }
      if (c === "*") {
        if (last !== "star") segments.push("");
        last = "star";
      } else {
        const foreign = foreignCharacter(this.text, this.i, last === "start");
        if (foreign) throw this.mistake(this.i, ...foreign);
        if (c === "(") open.push(this.i);
        if (c === ")") open.pop();
        append(c);
        last = "bare";
      }
      bare += c;
      this.i++;
    }
    const unclosed = open.at(-1);
    if (unclosed !== undefined) throw this.unclosedParenthesis(unclosed);
    return { at: start + 1, end: this.i + 1, raw: this.text.slice(start, this.i), bare, quoted, segments };
  }

  unclosedParenthesis(unit: number): Refusal {
    const position = this.position(unit);
    const todo = "write `)` where it ends, or put it in quotes if the parenthesis is meant as text";
    return mistake(position, `the parenthesis at position ${position} is not closed`, todo);
  }

  /** Stands at an opening quotation mark; reads past the closing one. */
  private quotedPiece(): string {
    const start = this.i;
    let piece = "";
    let from = start + 1;
    for (let i = from; i < this.text.length; i++) {
      const c = this.text.charAt(i);
      if (c === '"') {
        this.i = i + 1;
        return piece + this.text.slice(from, i);
      }
      const after = this.text.charAt(i + 1);
      if (c === "\\" && (after === '"' || after === "\\")) {
        piece += this.text.slice(from, i) + after;
        i++;
        from = i + 1;
      }
    }
    const position = this.position(start);
    throw mistake(
      position,
      `the quotation mark at position ${position} is not closed`,
      'write `"` where the text ends',
    );
  }
}

function naming(c: string): string {
  return c === '"' ? "a quotation mark" : `\`${excerpt(c)}\``;
}
