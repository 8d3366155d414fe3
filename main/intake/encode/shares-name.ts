import type { Plan } from "../mapping/plan.ts";
import { PART, RECORD_INTS } from "../read/batch.ts";
import type { Rows } from "./raw-column.ts";

/** Whether the name of a row's call is, at the same place, also that of another call of the record. */
export function sharesName({ call }: Plan, { records, spans, stride }: Rows, row: number): boolean {
  const part = records[row * RECORD_INTS + PART] as number;
  if (part === 0) return false;
  const other = part > 1 ? row - 1 : row + 1;
  for (const origin of call?.origins ?? []) {
    if (origin.kind !== "input") continue;
    const start = spans[row * stride + origin.input * 2] as number;
    if (start >= 0) return start === spans[other * stride + origin.input * 2];
  }
  return false;
}
