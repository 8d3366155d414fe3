import type { EncodedColumn, MappedField, NumberColumn } from "../../../shared/model/event.ts";
import { isEncoded, type Plan } from "../mapping/plan.ts";
import { durationUnit } from "../mapping/units.ts";
import { END_MASK, KIND_SHIFT, PLAIN } from "../read/batch.ts";
import { choiceSaid } from "./choices.ts";
import type { ColumnBuffers } from "./column-buffers.ts";
import type { CompiledField } from "./compiled-field.ts";
import { type Rows, spanText } from "./raw-column.ts";
import type { ValueColumn } from "./text-column.ts";
import { numberIn, shifted } from "./values.ts";

/** Fills the number columns of a batch. NaN stays where a row has no number. None of them can be below zero: such a one is absent. */
export class NumberColumns {
  readonly #plan: Plan;
  readonly #columns: Readonly<Record<EncodedColumn, ValueColumn>>;
  readonly #filled: ColumnBuffers;
  /** Numbers below zero that the batch holds. */
  impossible = 0;

  constructor(plan: Plan, columns: Readonly<Record<EncodedColumn, ValueColumn>>, filled: ColumnBuffers) {
    this.#plan = plan;
    this.#columns = columns;
    this.#filled = filled;
  }

  /**
   * The loop over the digits is written out. For each row it is: `out[k] = numberIn(name, text of the span)`. The kernel does it
   * where numbers are plain, and names the rows that it left.
   */
  fill(field: CompiledField, name: NumberColumn, rows: Rows): void {
    const out = this.#filled.numbers[name];
    const unit = name === "duration_ms" ? (durationUnit(field.plan.parse ?? "ms") ?? 0) : 0;
    const { count, keep, spans, stride, u8 } = rows;
    if (field.plan.value !== undefined) {
      const value = numberIn(name, field.plan.value);
      out.fill(value < 0 ? Number.NaN : value, 0, count);
      return;
    }
    const done = field.steps.length > 1 ? new Uint8Array(count) : undefined;
    for (const { origin } of field.steps) {
      if (origin.kind === "joined") continue;
      if (origin.kind === "field") {
        this.#fillFromField(field, origin.field, out, done, count);
        continue;
      }
      const isPlain = origin.kind === "input" && origin.rest.length === 0 && !field.match;
      const left = isPlain && !done && unit === 0 ? rows.kernel?.numbers(origin.input, out) : undefined;
      for (let i = 0, n = left?.length ?? count; i < n; i++) {
        const k = left ? (left[i] as number) : i;
        if (done && done[k] === 1) continue;
        const at = (keep[k] as number) * stride + origin.input * 2;
        const start = spans[at] as number;
        if (start < 0) continue;
        const packed = spans[at + 1] as number;
        const end = packed & END_MASK;
        let value = Number.NaN;
        // Up to 15 digits a double holds every whole number exactly.
        if (isPlain && packed >>> KIND_SHIFT === PLAIN && end - start <= 15) {
          value = 0;
          for (let i = start; i < end; i++) {
            const digit = (u8[i] as number) - 48;
            if (digit >>> 0 > 9) {
              value = Number.NaN;
              break;
            }
            value = value * 10 + digit;
          }
        }
        if (Number.isNaN(value)) {
          const found = spanText(rows, keep[k] as number, origin, this.#plan);
          if (!found) continue;
          const text = field.match ? (field.match.first(found.text) ?? "") : found.text;
          value = numberIn(name, text);
          if (name === "status" && Number.isNaN(value)) this.#statusWord(text, k);
        }
        if (value < 0) {
          value = Number.NaN;
          this.impossible++;
        }
        out[k] = unit === 0 ? value : shifted(value, unit);
        if (done) done[k] = 1;
      }
    }
  }

  /** `PERMISSION_DENIED`: no status, but what became of the call. */
  #statusWord(text: string, row: number): void {
    const choice = choiceSaid("outcome", text);
    if (choice >= 0) this.#filled.statusWords.set(row, choice);
  }

  #fillFromField(
    field: CompiledField,
    from: MappedField,
    out: Float64Array,
    done: Uint8Array | undefined,
    count: number,
  ): void {
    if (!isEncoded(from)) return;
    for (let k = 0; k < count; k++) {
      const index = this.#filled.indexes[from][k] as number;
      if (index < 0 || done?.[k] === 1) continue;
      const text = this.#columns[from].textOf(index);
      const number = field.match ? (field.match.first(text) ?? "") : text;
      const value = numberIn(field.plan.field, number);
      if (field.plan.field === "status" && Number.isNaN(value)) this.#statusWord(number, k);
      if (value < 0) this.impossible++;
      else out[k] = value;
      if (done) done[k] = 1;
    }
  }
}
