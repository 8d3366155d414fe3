/**
 * A number of a JSON text that a double would not give back as it was written: more digits than it holds, a fraction's last
 * zero, an exponent, a minus before zero. As text, alone or in JSON, it is what was written.
 */
export class WrittenNumber {
  readonly #digits: string;

  constructor(digits: string) {
    this.#digits = digits;
  }

  toString(): string {
    return this.#digits;
  }

  /** `JSON.stringify` writes the digits themselves (ECMA-262, JSON.rawJSON). */
  toJSON(): unknown {
    return rawJson(this.#digits);
  }
}

/** Not yet in TypeScript's library: the source text that a reviver is given, and raw JSON. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;
const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): unknown };

/** Whether a text can hold a number that changes on its way through a double. What stands in strings is met too: it costs time, no more. */
const MAY_CHANGE = /\d{16}|\d[.eE]|-0/u;

/**
 * As `JSON.parse`, but ids keep their digits: a number that would not be written as it was is a WrittenNumber.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!MAY_CHANGE.test(text)) return JSON.parse(text);
  return parseWithSource(text, (_, value, { source }) =>
    typeof value === "number" && source !== undefined && String(value) !== source ? new WrittenNumber(source) : value,
  );
}

/** A text, or a number as it is written; undefined for everything else. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" || value instanceof WrittenNumber
    ? String(value)
    : undefined;
}
