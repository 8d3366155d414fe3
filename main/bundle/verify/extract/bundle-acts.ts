import type { CustodyEntry } from "../../../custody/append.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Bates } from "../../contents/bates.ts";

/**
 * Bundles are numbered one after another, and no number is used twice: also that of one that failed. What seals a bundle, or
 * says that it failed, is of one that an act before it began. One that neither seals nor fails was broken off, which is no fault.
 */
export function bundleActFaults(acts: readonly CustodyEntry[]): string[] {
  const faults: string[] = [];
  const begun = new Map<unknown, unknown>();
  const sealed = new Map<unknown, number>();
  let used = 0;
  for (const { seq, act, detail } of acts) {
    if (act !== "bundle" && act !== "seal" && act !== "bundle-failed") continue;
    const of = `act ${seq} (${act})`;
    const { name, number } = detail;
    if (act === "bundle") {
      if (number !== begun.size + 1)
        faults.push(`${of} bears the number ${say(number)}, and ${begun.size} bundles were begun before it`);
      begun.set(number, name);
      const bates = (detail as { bates?: Bates }).bates;
      if (bates !== undefined && !(bates.first > used && bates.last >= bates.first))
        faults.push(
          `${of} takes the Bates numbers ${say(bates.first)} to ${say(bates.last)}, and an act before it those up to ${used}`,
        );
      used = Math.max(used, Number(bates?.last ?? 0));
    } else if (begun.get(number) === undefined || begun.get(number) !== name)
      faults.push(`${of} is of the bundle ${say(name)}, number ${say(number)}, which no act before it began`);
    if (act !== "seal") continue;
    const before = sealed.get(number);
    if (before !== undefined) faults.push(`${of} seals the bundle ${say(name)}, which act ${before} (seal) has sealed`);
    sealed.set(number, seq);
  }
  return faults;
}

const say = (value: unknown): string => printable(String(value).slice(0, 80));
