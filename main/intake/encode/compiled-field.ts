import { compilePattern, type Pattern } from "../mapping/patterns.ts";
import { type FieldPlan, isEncoded, type Origin, type Plan } from "../mapping/plan.ts";
import type { Kernel } from "./dictionary/kernel.ts";
import { RawColumn, type RecordOrigin } from "./raw-column.ts";
import { ValueMemo } from "./value-memo.ts";

/** One origin of a field: where its values are read, and what became of each distinct one. */
export interface FieldStep {
  readonly origin: Origin;
  readonly raw?: RawColumn;
  readonly memo: ValueMemo;
  /** Plain values go into the column's dictionary as they are. They get no number in `raw`. */
  readonly direct?: true;
}

/** An event field as the mapping fills it: its origins in the order in which they are asked. */
export interface CompiledField {
  readonly plan: FieldPlan;
  readonly steps: readonly FieldStep[];
  readonly match?: Pattern;
  /** Nothing is done to a plain value: its bytes are the field. */
  readonly asIs: boolean;
  readonly isList: boolean;
}

/** The raw columns of one source. Fields and rules that read the same origin share a column. */
export class RawColumns {
  readonly #plan: Plan;
  readonly #byOrigin = new Map<string, RawColumn>();
  readonly #kernel: Kernel | undefined;
  readonly #all: RawColumn[] = [];

  constructor(plan: Plan, kernel: Kernel | undefined) {
    this.#plan = plan;
    this.#kernel = kernel;
  }

  shared(origin: RecordOrigin, dropQuery: boolean): RawColumn {
    const key = JSON.stringify([origin, dropQuery]);
    const raw = this.#byOrigin.get(key) ?? this.own(origin, dropQuery);
    this.#byOrigin.set(key, raw);
    return raw;
  }

  own(origin: RecordOrigin, dropQuery: boolean): RawColumn {
    const raw = new RawColumn(origin, this.#plan, dropQuery, this.#kernel);
    this.#all.push(raw);
    return raw;
  }

  close(): void {
    for (const raw of this.#all) raw.close();
  }
}

export function compileField(plan: FieldPlan, rawColumns: RawColumns): CompiledField {
  const isList = plan.field === "fields" || plan.field === "subjects";
  return {
    plan,
    steps: plan.origins.map((origin) => stepOf(plan, origin, rawColumns)),
    isList,
    asIs: !plan.match && !isList && plan.field !== "path" && plan.field !== "ip",
    ...(plan.match !== undefined && { match: compilePattern(plan.match) }),
  };
}

function stepOf(plan: FieldPlan, origin: Origin, rawColumns: RawColumns): FieldStep {
  const memo = new ValueMemo();
  if (origin.kind === "field" || origin.kind === "joined") return { origin, memo };
  const isWhole = origin.kind === "input" && origin.rest.length === 0 && !plan.match && plan.split === undefined;
  if (isWhole && isEncoded(plan.field) && plan.field !== "fields")
    return { origin, raw: rawColumns.own(origin, false), memo, direct: true };
  return { origin, raw: rawColumns.shared(origin, plan.field === "path" && !plan.match), memo };
}
