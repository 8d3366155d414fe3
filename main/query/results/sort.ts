import { Refusal } from "../../../shared/base/errors.ts";
import type { EncodedColumn, NumberColumn } from "../../../shared/model/event.ts";
import { CALLERS, callerCode, ENCODED_COLUMNS, NUMBER_COLUMNS } from "../../../shared/model/event.ts";
import { numberOrder } from "../columns/time-order.ts";
import type { Dataset } from "../dataset.ts";

export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

export const SORTABLE: readonly string[] = [
  "time",
  "developer",
  "outcome",
  "caller",
  "source",
  "line",
  "offset",
  "length",
  ...ENCODED_COLUMNS,
  ...NUMBER_COLUMNS,
];

/** `field` or `field:desc`. @throws Refusal `column-unknown` */
export function sortOf(text: string): Sort {
  const [field, way = "asc", ...more] = text.split(":");
  if (!field || !SORTABLE.includes(field) || (way !== "asc" && way !== "desc") || more.length > 0) {
    throw new Refusal(
      "column-unknown",
      `"${text}" is no way to sort`,
      `give one of ${SORTABLE.join(", ")}, with :desc for the highest first`,
    );
  }
  return { field, descending: way === "desc" };
}

/** The positions in the order asked for; equal ones keep the order of time, source, line. Absent values come last. */
export function sorted(dataset: Dataset, positions: Uint32Array, sort: Sort | undefined): Uint32Array {
  if (!sort || (sort.field === "time" && !sort.descending)) return positions;
  const rank = ranks(dataset, sort.field);
  const way = sort.descending ? -1 : 1;
  const keys = new Float64Array(positions.length);
  for (let at = 0; at < keys.length; at += 1) {
    const value = rank(positions[at] as number) * way;
    // 0 has two signs, which sort apart
    keys[at] = Number.isNaN(value) ? Number.POSITIVE_INFINITY : value + 0;
  }
  const order = numberOrder(keys);
  return order.map((at) => positions[at] as number);
}

/** A number per position that sorts as the field does, NaN where it is absent. */
function ranks(dataset: Dataset, field: string): (position: number) => number {
  const { columns } = dataset;
  if (field === "time") {
    const time = columns.time;
    return (position) => time[position] as number;
  }
  if ((NUMBER_COLUMNS as readonly string[]).includes(field) || ["line", "offset", "length"].includes(field)) {
    const numbers = columns.numbers(field as NumberColumn);
    return (position) => numbers[position] as number;
  }
  if (field === "outcome" || field === "source") {
    const codes = columns.codes(field);
    return (position) => codes[position] as number;
  }
  if (field === "caller") {
    const flags = columns.codes("flags");
    const order = CALLERS.toSorted();
    const rank = [Number.NaN, ...CALLERS.map((caller) => order.indexOf(caller))];
    return (position) => rank[callerCode(flags[position] as number)] as number;
  }
  const codes = field === "developer" ? dataset.owners.of : columns.codes(field as EncodedColumn);
  const texts =
    field === "developer"
      ? dataset.owners.list.map((owner) => owner.shown)
      : columns.dictionary(field as EncodedColumn).all();
  const order = new Map(
    [...new Set(texts)]
      .filter((text) => text !== undefined)
      .sort()
      .map((text, index) => [text, index] as const),
  );
  const rank = Float64Array.from(texts, (text) => (text === undefined ? Number.NaN : (order.get(text) as number)));
  return (position) => rank[codes[position] as number] as number;
}
