import { LRUCache } from "lru-cache";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import { compilePlan } from "./compile-plan.ts";
import type { HeaderSniff, Plan, Resolved } from "./plan.ts";
import { zonesNamed } from "./zone-names.ts";

const plans = new LRUCache<string, Plan>({ max: 200 });

/**
 * As `compilePlan`, which is asked with the same for each of many files of one kind: then it gives the very plan of before, by
 * which others know again what they made of it.
 */
export function planOf(
  resolved: Resolved,
  sniffed: HeaderSniff,
  encoding: Encoding,
  timezone: string,
  seen: ReadonlySet<string> = new Set(),
): Plan {
  const { format, reader, mapping, trusted, usual } = resolved;
  // Of the names in the records a plan needs those of dates and zones; of pairs any may be one.
  const names = reader === "keyvalue" ? [...seen] : zonesNamed(seen);
  const key = JSON.stringify([
    format,
    reader,
    mapping,
    trusted,
    usual && [...usual],
    sniffed,
    encoding,
    timezone,
    names,
  ]);
  let plan = plans.get(key);
  if (!plan) {
    plan = compilePlan(resolved, sniffed, encoding, timezone, seen);
    plans.set(key, plan);
  }
  return plan;
}
