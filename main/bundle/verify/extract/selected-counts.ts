import { Refusal } from "../../../../shared/base/errors.ts";
import { parse } from "../../../../shared/filter/parse.ts";
import { resolve } from "../../../../shared/filter/resolve.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Dataset } from "../../../query/dataset.ts";
import { evaluate } from "../../../query/filter/evaluate.ts";
import type { BundleRecord } from "../../contents/bundle-record.ts";

/** Where a record stands in its original, and what acts put on it: lines that were read again do not know it. */
const OF_ROWS = /\b(?:offset|length|part)\b|^(?:tag|note):\*$|^source:\d+ line:\d+$/u;

/** Those that the calls read again answer by themselves. */
const asked = ({ selected }: Pick<BundleRecord, "selected">) => selected.filter(({ filter }) => !OF_ROWS.test(filter));

export const filtersToAsk = (about: Pick<BundleRecord, "selected">): string =>
  asked(about)
    .map(({ filter }) => filter)
    .join("\n");

/** Stated filters that hold of another number of the calls read again: a bundle has every call that its filters choose. */
export const selectedFaults = (
  about: BundleRecord,
  dataset: Dataset,
  from: "lines of the bundle" | "originals",
): string[] =>
  asked(about).flatMap(({ why, filter, events }) => {
    const named = `bundle.json: the filter ${printable(filter.slice(0, 200))} (${printable(why.slice(0, 100))})`;
    const found = ask(filter, dataset);
    if (typeof found === "string") return [`${named} cannot be asked: ${found}`];
    return found === events ? [] : [`${named} says ${events} events, the ${from} give ${found} of them`];
  });

function ask(filter: string, dataset: Dataset): number | string {
  try {
    return evaluate(resolve(parse(filter), dataset.times), dataset).count;
  } catch (error) {
    if (error instanceof Refusal) return error.what;
    throw error;
  }
}
