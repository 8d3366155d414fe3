import { nearest } from "../base/nearest.ts";
import { periodOf } from "../base/period.ts";
import { LEVELS, type Level } from "../model/level.ts";
import { cidrOf } from "./cidr.ts";
import { type FieldName, fieldNamed, fieldRow } from "./fields.ts";
import { matcher } from "./match.ts";
import { excerpt } from "./mistake.ts";
import { checkValue, checkValueStart } from "./other-languages.ts";
import type { Scanner, Word } from "./scanner.ts";
import type { Comparison, NumberLiteral, Span, TimeLiteral, Value, ValueLeaf } from "./tree.ts";

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const FLAGS = new Map([
  ["yes", true],
  ["true", true],
  ["no", false],
  ["false", false],
]);

/** Reads one value of a field where the scanner is. `operator`: a comparison already read, else `""`. `isListed`: in parentheses. */
export function readValue(scanner: Scanner, field: FieldName, operator: Comparison | "", isListed = false): Value {
  const start = scanner.i;
  const op = operator === "" ? comparisonAt(scanner) : operator;
  scanner.i += op.length - operator.length;
  checkValueStart(scanner, field, op);
  const keyword = scanner.keyword();
  if (keyword) {
    const todo = `write \`"${keyword.word}"\` in quotes if the word itself is meant`;
    throw scanner.mistake(scanner.i, `\`${keyword.word}\` stands where a value of \`${field}\` is expected`, todo);
  }
  if (op !== "" && scanner.next === "(") {
    throw scanner.mistake(
      scanner.i,
      `\`${op}\` takes one value, not parentheses`,
      `write \`${field}:(${op}A and ${op}B)\``,
    );
  }
  const word = scanner.word();
  if (word.at === word.end) {
    throw scanner.mistake(
      start,
      `\`${field}\` has no value`,
      `write it right after, without a space: \`${fieldRow(field).example}\``,
    );
  }
  checkValue(scanner, field, word, isListed);
  const reader = new Reader(scanner, field, word);
  const leaf = op === "" ? reader.leaf() : reader.compare(op);
  return Object.freeze({ ...leaf, at: start + 1, end: word.end });
}

function comparisonAt(scanner: Scanner): Comparison | "" {
  const two = scanner.text.slice(scanner.i, scanner.i + 2);
  if (two === ">=" || two === "<=") return two;
  const one = two.charAt(0);
  return one === ">" || one === "<" ? one : "";
}

/** The typed reading of one word, by the kind of its field. */
class Reader {
  private readonly scanner: Scanner;
  private readonly field: FieldName;
  private readonly word: Word;
  /** The value without its quotation marks. */
  private readonly text: string;

  constructor(scanner: Scanner, field: FieldName, word: Word) {
    this.scanner = scanner;
    this.field = field;
    this.word = word;
    this.text = word.segments.join("*");
  }

  leaf(): ValueLeaf {
    const { word } = this;
    const kind = fieldRow(this.field).kind;
    if (word.segments.length === 2 && word.segments[0] === "" && word.segments[1] === "") return { kind: "present" };
    switch (kind) {
      case "time":
      case "number":
        this.noWildcard();
        if (word.bare.includes("..")) return this.range();
        if (kind === "number") return { kind: "number", literal: this.number(this.text, this.span) };
        return { kind: "time", literal: this.time(this.text, this.span) };
      case "source":
        if (/^\d+$/.test(word.bare)) return { kind: "number", literal: this.number(this.text, this.span) };
        if (/^(?:\d+\.\.\d*|\.\.\d+)$/.test(word.bare)) return this.range();
        return this.pattern();
      case "choice":
        return this.choice();
      case "flag":
        return this.flag();
      case "level":
        return this.level();
      default:
        if (this.field === "ip" && !word.quoted && word.bare.includes("/")) return this.cidr();
        return this.pattern();
    }
  }

  compare(op: Comparison): ValueLeaf {
    const kind = fieldRow(this.field).kind;
    if (kind !== "time" && kind !== "number" && kind !== "source") throw this.noRange(`\`${op}\``);
    this.noWildcard();
    if (this.word.bare.includes("..")) throw this.wrong("is a range behind a comparison", "write one or the other");
    return Object.freeze({ kind: "compare", op, literal: this.literal(this.text, this.span) });
  }

  private get span(): Span {
    return { at: this.word.at, end: this.word.end };
  }

  private range(): ValueLeaf {
    const { at, end } = this.word;
    const dots = this.text.indexOf("..");
    const [before, after] = [this.text.slice(0, dots), this.text.slice(dots + 2)];
    if (before === "" && after === "") throw this.wrong("is a range without ends", "write `A..B`, `A..` or `..B`");
    const from = before === "" ? undefined : this.literal(before, { at, end: at + before.length });
    const to = after === "" ? undefined : this.literal(after, { at: end - after.length, end });
    // Inside parentheses its `-` would be read as not.
    if (before.startsWith("-")) throw this.wrong("begins below zero", `write \`>=${excerpt(before)}\``);
    if (from && to && isBackward(from, to)) {
      throw this.wrong("ends before it begins", "write the smaller end first");
    }
    return { kind: "range", ...(from && { from }), ...(to && { to }) };
  }

  private literal(text: string, span: Span): TimeLiteral | NumberLiteral {
    return this.field === "time" ? this.time(text, span) : this.number(text, span);
  }

  private time(text: string, { at, end }: Span): TimeLiteral {
    const lower = text.toLowerCase();
    const last = /^last(\d+)d$/.exec(lower);
    if (lower === "cutoff" || lower === "asof" || last) {
      const position = this.scanner.position(at - 1);
      if (!last) return Object.freeze({ kind: lower as "cutoff" | "asof", position, at, end });
      const days = Number(last[1]);
      if (days < 1 || days > 99_999)
        throw this.wrong("is no span of days", "write `last60d`, with 1 to 99999 days", text);
      return Object.freeze({ kind: "last", days, position, at, end });
    }
    const period = periodOf(text);
    if ("what" in period) {
      const todo = period.what === "is not a time" ? `${period.todo}, or cutoff, asof or last60d` : period.todo;
      throw this.wrong(period.what, todo, text);
    }
    return Object.freeze({ kind: "period", text: text.replace(" ", "T").toUpperCase(), ...period, at, end });
  }

  private number(text: string, { at, end }: Span): NumberLiteral {
    if (this.field === "status" && /^\d[x]{2}$/i.test(text)) {
      const hundreds = Number(text.charAt(0)) * 100;
      if (hundreds < 100 || hundreds > 500)
        throw this.wrong("is no class of HTTP status", "write 1xx, 2xx, 3xx, 4xx or 5xx", text);
      return Object.freeze({ kind: "number", from: hundreds, to: hundreds + 99, at, end });
    }
    if (!NUMBER.test(text)) {
      const example = this.field === "status" ? "404 or 4xx" : "250";
      throw this.wrong("is not a number", `\`${this.field}\` is a number: write digits, such as ${example}`, text);
    }
    const value = Number(text) + 0; // no -0
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
      throw this.wrong("is too large a number", "write one below 9007199254740992", text);
    return Object.freeze({ kind: "number", from: value, to: value, at, end });
  }

  private pattern(): ValueLeaf {
    const { bare } = this.word;
    const { kind } = fieldRow(this.field);
    if (bare.includes("..")) throw this.noRange("`..`");
    if (this.field === "fields" && !isBalanced(bare)) {
      throw this.wrong("has a bracket without its partner", "write it without spaces, or all of it in quotes");
    }
    const head = /^([a-z_]+):/i.exec(bare);
    // Ids of developers that nobody registered look like this: `app:ID`.
    if (head && kind !== "finding" && fieldNamed(head[1] as string)) {
      const todo = "close the parentheses first, or put it in quotes if it is the value";
      throw this.wrong(`is a field inside the value of \`${this.field}\``, todo);
    }
    return { kind: "pattern", segments: Object.freeze(this.word.segments) };
  }

  private choice(): ValueLeaf {
    const { choices = [] } = fieldRow(this.field);
    const leaf = this.pattern();
    if (!choices.some(matcher(this.word.segments))) throw this.notOneOf(choices);
    return leaf;
  }

  private flag(): ValueLeaf {
    const value = FLAGS.get(this.text.toLowerCase());
    if (value === undefined) throw this.notOneOf(["yes", "no"]);
    return { kind: "flag", value };
  }

  private level(): ValueLeaf {
    const lower = this.text.toLowerCase();
    const above = lower.endsWith("+");
    const level = (above ? lower.slice(0, -1) : lower) as Level;
    if (!LEVELS.includes(level)) throw this.notOneOf(LEVELS, ", and `+` for that level and above");
    return { kind: "level", level, above };
  }

  private cidr(): ValueLeaf {
    const cidr = cidrOf(this.text);
    if (!cidr)
      throw this.wrong(
        "is no block of addresses",
        "write it as 10.0.0.0/8 or 2001:db8::/32, or in quotes if it is text",
      );
    Object.freeze(cidr.address);
    return { kind: "cidr", cidr: Object.freeze(cidr) };
  }

  private noWildcard(): void {
    if (this.word.segments.length === 1) return;
    throw this.wrong(
      "has a wildcard",
      `\`${this.field}\` takes a value or a range: \`${fieldRow(this.field).example}\``,
    );
  }

  private noRange(what: string) {
    const todo = `\`${this.field}\` is neither, so put the value in quotes if it is meant as text`;
    return this.scanner.mistake(this.word.at - 1, `${what}: ranges are for times and numbers`, todo);
  }

  private notOneOf(choices: readonly string[], more = "") {
    const near = nearest(this.text, choices);
    const guess = near ? `did you mean \`${near}\`? ` : "";
    const list = choices.map((choice) => `\`${choice}\``).join(", ");
    return this.wrong(
      `is no value of \`${this.field}\``,
      `${guess}${guess ? "There are" : "there are"} ${list}${more}`,
    );
  }

  private wrong(what: string, todo: string, text = this.word.raw) {
    return this.scanner.mistake(this.word.at - 1, `\`${excerpt(text)}\` ${what}`, todo);
  }
}

/** Whether nothing can lie between the two. What a policy will fill is not known yet. */
function isBackward(from: TimeLiteral | NumberLiteral, to: TimeLiteral | NumberLiteral): boolean {
  if (from.kind === "number" && to.kind === "number") return from.from > to.to;
  return from.kind === "period" && to.kind === "period" && from.from >= to.to;
}

function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const c of text) {
    if (c === "{") open.push("}");
    if (c === "[") open.push("]");
    if ((c === "}" || c === "]") && open.pop() !== c) return false;
  }
  return open.length === 0;
}
