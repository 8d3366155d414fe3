import { Refusal } from "../../../shared/base/errors.ts";
import type { Detection } from "./detect.ts";

/** Columns of the file that a message names. */
const MAX_NAMED = 30;

/**
 * A mapping that a user gives names columns of a table: one that the file lacks is most often a spelling, and its field
 * would stay empty in silence. Of a list of places one is enough. Where no cell is parted from another the delimiter is the
 * mistake, not a name: such a table is a source, all of it rejected, as one without a time is. @throws Refusal `mapping-wrong`
 */
export function demandColumns({ plan, resolved }: Detection, mapping: unknown, name: string): void {
  if (resolved.reader !== "csv" || typeof mapping !== "object" || mapping === null) return;
  const { fields = {} } = mapping as { fields?: Record<string, unknown> };
  const missing = plan.fields.flatMap(({ field, origins, value }) => {
    const places = placesOf(fields[field]);
    return places.length > 0 && origins.length === 0 && value === undefined
      ? [`${places.map((place) => `"${place}"`).join(" or ")} for ${field}`]
      : [];
  });
  const header = (plan.csv?.header ?? []).filter((column) => column !== "");
  const named = plan.fields.filter(({ field }) => placesOf(fields[field]).length > 0);
  const isNoneThere = named.every(({ origins }) => origins.every(({ kind }) => kind === "field"));
  if (missing.length === 0 || (header.length === 1 && named.length > 1 && isNoneThere)) return;
  const more = header.length > MAX_NAMED ? ` and ${header.length - MAX_NAMED} more` : "";
  throw new Refusal(
    "mapping-wrong",
    `${name} has no column ${missing.join(", ")}, which the mapping names`,
    `correct the mapping: the file has ${header.slice(0, MAX_NAMED).join(", ")}${more}`,
  );
}

function placesOf(source: unknown): string[] {
  if (typeof source === "string") return [source];
  const from =
    typeof source === "object" && source !== null ? (source as { from?: string | string[] }).from : undefined;
  return from === undefined ? [] : [from].flat();
}
