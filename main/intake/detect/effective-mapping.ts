import type { FieldSource, Mapping } from "../mapping/mapping-document.ts";
import { SYNONYMS } from "../mapping/synonyms.ts";
import type { Detection } from "./detect.ts";
import type { Settled } from "./settle-times.ts";

/** The mapping as it is kept: what was given, with everything that was found out, so that a second reading cannot differ. */
export function effectiveMapping(
  { plan, resolved, guessedMapping, settledTimes }: Detection,
  given: unknown,
): Record<string, unknown> {
  const csv = plan.csv && {
    delimiter: String.fromCharCode(plan.csv.delimiter),
    ...(plan.csv.later && { later_columns: plan.csv.later }),
  };
  // The sample told where the lines of such a log have their time.
  const pattern = resolved.format === "text" && { pattern: resolved.mapping.pattern };
  const fields = settledTimes && {
    fields: {
      ...guessedMapping?.fields,
      ...(given as Mapping | undefined)?.fields,
      time: timeSource(resolved, settledTimes),
    },
  };
  return {
    schema: "exhibit/mapping@1",
    ...guessedMapping,
    ...pattern,
    ...(given as object | undefined),
    ...fields,
    format: resolved.format,
    ...csv,
    encoding: plan.encoding,
  };
}

/** The source of the time and how it is read, now that the whole file has been read. */
function timeSource({ mapping }: Detection["resolved"], { parse }: Settled): FieldSource {
  const source = mapping.fields?.time ?? { from: [...SYNONYMS.time] };
  return { ...(typeof source === "string" ? { from: source } : source), parse };
}
