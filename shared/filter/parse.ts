import { nearest } from "../base/nearest.ts";
import { FIELD_NAMES, fieldNamed } from "./fields.ts";
import { excerpt, QUOTE_IT } from "./mistake.ts";
import { apartHere, checkClock, checkTermStart } from "./other-languages.ts";
import { type Keyword, Scanner } from "./scanner.ts";
import type { Comparison, Expression, Filter, Span } from "./tree.ts";
import { readValue } from "./value.ts";

/** Parentheses and `not`s inside each other. Nobody writes as many; a hostile text of a million must not overflow the stack. */
const MAX_DEPTH = 200;

/**
 * Reads a filter (FORMATS, "The filter language"). An empty text is everything.
 * @throws Refusal `filter-wrong`, `what` beginning `at N:`, with `position` N
 */
export function parse(text: string): Filter {
  return new Parser(text).filter();
}

class Parser {
  private readonly scanner: Scanner;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  filter(): Filter {
    const { scanner } = this;
    scanner.skipSpace();
    if (scanner.atEnd) return Object.freeze({ kind: "and", terms: Object.freeze([]), at: 1, end: scanner.i + 1 });
    const filter = this.or((depth) => this.leaf(depth), 0);
    if (scanner.atEnd) return filter;
    // or() stops at the end and at a `)` only
    throw scanner.mistake(scanner.i, "a closing parenthesis that nothing opened", `take it out, or ${QUOTE_IT}`);
  }

  private or<Leaf extends object>(leaf: LeafReader<Leaf>, depth: number): Expression<Leaf> {
    const terms = [this.and(leaf, depth)];
    for (let or = this.takeKeyword("or"); or; or = this.takeKeyword("or")) terms.push(this.and(leaf, depth, or));
    return joined("or", terms);
  }

  private and<Leaf extends object>(leaf: LeafReader<Leaf>, depth: number, behind?: Keyword): Expression<Leaf> {
    const { scanner } = this;
    const terms = [this.term(leaf, depth, behind)];
    for (;;) {
      const and = this.takeKeyword("and");
      if (!and && (scanner.atEnd || scanner.next === ")" || scanner.keyword()?.word === "or"))
        return joined("and", terms);
      terms.push(this.term(leaf, depth, and));
    }
  }

  /** One term; `behind` is the word before it, to be blamed if there is none. */
  private term<Leaf extends object>(leaf: LeafReader<Leaf>, depth: number, behind?: Keyword): Expression<Leaf> {
    const { scanner } = this;
    scanner.skipSpace();
    const at = scanner.i + 1;
    const keyword = scanner.keyword();
    const none = scanner.atEnd || scanner.next === ")";
    if (none && behind) {
      throw scanner.mistake(
        behind.at - 1,
        `\`${behind.word}\` has nothing after it`,
        `write a term after it, or ${QUOTE_IT}`,
      );
    }
    if (none) throw scanner.mistake(at - 1, "a closing parenthesis that nothing opened", `take it out, or ${QUOTE_IT}`);
    if (keyword && keyword.word !== "not") {
      throw scanner.mistake(
        at - 1,
        `\`${keyword.word}\` has nothing before it`,
        `write a term before it, or ${QUOTE_IT}`,
      );
    }
    if (keyword) {
      this.checkDepth(depth);
      scanner.i += keyword.word.length;
      return negated(this.term(leaf, depth + 1, keyword), at);
    }
    if (scanner.next === "-") {
      this.checkDepth(depth);
      scanner.i++;
      if (/^(?:[\s)-]|$)/.test(scanner.next)) {
        throw scanner.mistake(
          at - 1,
          "`-` means not, and has no term right after it",
          `write \`-term\`, or ${QUOTE_IT}`,
        );
      }
      return negated(this.term(leaf, depth + 1), at);
    }
    if (scanner.next === "(") return this.group(leaf, depth);
    return leaf(depth);
  }

  private group<Leaf extends object>(leaf: LeafReader<Leaf>, depth: number): Expression<Leaf> {
    const { scanner } = this;
    const start = scanner.i;
    this.checkDepth(depth);
    scanner.i++;
    scanner.skipSpace();
    if (scanner.next === ")")
      throw scanner.mistake(start, "the parentheses are empty", `write a term inside, or ${QUOTE_IT}`);
    if (scanner.atEnd) throw scanner.unclosedParenthesis(start);
    const inner = this.or(leaf, depth + 1);
    if (scanner.next !== ")") throw scanner.unclosedParenthesis(start);
    scanner.i++;
    return Object.freeze({ ...inner, at: start + 1, end: scanner.i + 1 });
  }

  private checkDepth(depth: number): void {
    if (depth < MAX_DEPTH) return;
    throw this.scanner.mistake(
      this.scanner.i,
      `more than ${MAX_DEPTH} terms inside each other`,
      "write it with fewer parentheses",
    );
  }

  /** Skips spaces; takes the word if it stands there. */
  private takeKeyword(word: Keyword["word"]): Keyword | undefined {
    const { scanner } = this;
    scanner.skipSpace();
    const keyword = scanner.keyword();
    if (keyword?.word !== word) return undefined;
    scanner.i += word.length;
    return keyword;
  }

  private leaf(depth: number): Filter {
    const { scanner } = this;
    checkTermStart(scanner);
    const head = scanner.head();
    return head ? this.field(head.name, head.operator, depth) : this.text();
  }

  private field(name: string, operator: string, depth: number): Filter {
    const { scanner } = this;
    const start = scanner.i;
    const field = fieldNamed(name);
    if (!field) {
      const near = nearest(name, FIELD_NAMES);
      const guess = near
        ? `did you mean \`${near}\`? To search for the text, put it in quotes`
        : "to search for the text, put it in quotes";
      throw scanner.mistake(start, `\`${excerpt(name)}\` is not a field`, guess);
    }
    scanner.i += name.length + operator.length;
    const op = operator.replace(":", "") as Comparison | "";
    const value =
      op === "" && scanner.next === "("
        ? this.group((_) => readValue(scanner, field, "", true), depth)
        : readValue(scanner, field, op);
    return Object.freeze({ kind: "field", field, value, at: start + 1, end: scanner.i + 1 });
  }

  private text(): Filter {
    const { scanner } = this;
    const word = scanner.word();
    const { at, end, segments } = word;
    if (segments.length === 1 && segments[0] === "") {
      throw scanner.mistake(at - 1, "the quotation marks hold nothing", "write the text to look for between them");
    }
    if (!word.quoted) this.checkBare(word.raw, word);
    return Object.freeze({ kind: "text", segments: Object.freeze(segments), at, end });
  }

  /** `status = 404` and `developer (a or b)` are no text searches; they must not run as such. */
  private checkBare(raw: string, { at }: Span): void {
    const { scanner } = this;
    const field = fieldNamed(/^[a-z_]*/i.exec(raw)?.[0] ?? "");
    const rest = field ? raw.slice(field.length) : raw;
    const behind = scanner.text.slice(scanner.i, scanner.i + 80);
    if (field && (rest.startsWith("(") || (rest === "" && /^\s+(?:[:=<>~]|!=|!~)/.test(behind)))) {
      const right = rest === "" ? excerpt(apartHere(field, behind)) : `${field}:${excerpt(rest)}`;
      const todo = `write \`${right}\`, or ${QUOTE_IT}`;
      throw scanner.mistake(at - 1, `\`${excerpt(raw)}\` is neither a field with a value nor plain text`, todo);
    }
    if (/^[:=<>~&]+$/.test(raw)) {
      throw scanner.mistake(
        at - 1,
        `\`${excerpt(raw)}\` stands alone`,
        `write it right after its field, without spaces, or ${QUOTE_IT}`,
      );
    }
    checkClock(scanner, raw);
  }
}

type LeafReader<Leaf extends object> = (depth: number) => Expression<Leaf>;

function joined<Leaf extends object>(kind: "and" | "or", terms: Expression<Leaf>[]): Expression<Leaf> {
  const first = terms[0] as Expression<Leaf>;
  const last = terms.at(-1) as Expression<Leaf>;
  if (terms.length === 1) return first;
  return Object.freeze({ kind, terms: Object.freeze(terms), at: first.at, end: last.end });
}

function negated<Leaf extends object>(term: Expression<Leaf>, at: number): Expression<Leaf> {
  return Object.freeze({ kind: "not" as const, term, at, end: term.end });
}
