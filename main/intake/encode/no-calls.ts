import { compilePattern, type Pattern } from "../mapping/patterns.ts";
import type { Plan } from "../mapping/plan.ts";
import { type RecordOrigin, type Rows, spanText } from "./raw-column.ts";

/** Distinct values whose answer is remembered for one place. */
const MAX_REMEMBERED = 1000;

interface Condition {
  readonly origin: RecordOrigin;
  readonly pattern: Pattern;
  readonly known: Map<string, boolean>;
}

/** Tells the records that the format also has, and that are no calls. */
export class NoCalls {
  readonly #plan: Plan;
  readonly #kinds: readonly { readonly when: readonly Condition[]; readonly why: string }[];

  constructor(plan: Plan, noCalls: NonNullable<Plan["noCalls"]>) {
    this.#plan = plan;
    this.#kinds = noCalls.flatMap(({ when, why }) => {
      const conditions = when.flatMap(([origin, source]) =>
        origin && origin.kind !== "field" && origin.kind !== "joined"
          ? [{ origin, pattern: compilePattern(source), known: new Map() }]
          : [],
      );
      // A place that this table lacks never holds.
      return conditions.length === when.length ? [{ when: conditions, why }] : [];
    });
  }

  /** Why the record is no call; undefined where it is one. */
  whyOf(rows: Rows, row: number): string | undefined {
    for (const { when, why } of this.#kinds)
      if (when.every((condition) => this.#holds(condition, rows, row))) return why;
    return undefined;
  }

  #holds({ origin, pattern, known }: Condition, rows: Rows, row: number): boolean {
    // The field that reads the same place counts its words for no value.
    const { noValues } = rows;
    const text = spanText(rows, row, origin, this.#plan)?.text;
    rows.noValues = noValues;
    if (text === undefined) return false;
    const before = known.get(text);
    if (before !== undefined) return before;
    const holds = pattern.test(text);
    if (known.size < MAX_REMEMBERED) known.set(text, holds);
    return holds;
  }
}
