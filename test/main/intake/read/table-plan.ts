import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import type { Plan } from "../../../../main/intake/mapping/plan.ts";

/** A table of which every column is an input, with no header in front. */
export function planOf(width: number, delimiter: string): Plan {
  const header = Array.from({ length: width }, (_, column) => `c${column}`);
  const resolved = resolveMapping({ schema: "exhibit/mapping@1", format: "csv" });
  const shape = { delimiter: delimiter.charCodeAt(0), quote: 34, header };
  const plan = compilePlan(resolved, { csv: shape, head: 0, headRecords: 0, records: [] }, "utf-8", "UTC");
  return { ...plan, inputs: header.map((name, column) => ({ kind: "named", name, column })) };
}
