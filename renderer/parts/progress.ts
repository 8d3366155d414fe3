import type { Progress } from "../../shared/contract/contract.ts";
import { counted, percent, size, span } from "../text/format.ts";

/** From 0 to 1; undefined while the whole is not known. */
export function progressPart(progress: Progress | undefined): number | undefined {
  if (progress?.total === undefined) return undefined;
  return progress.total <= 0 ? 1 : Math.min(1, progress.done / progress.total);
}

/** `62 %, 1 min 40 s left`. */
export function progressWords(progress: Progress | undefined): string {
  if (!progress) return "starting";
  const { done, total, unit, seconds_left } = progress;
  const amount = total === undefined ? amountOf(done, unit) : percent(done, total);
  return seconds_left === undefined ? amount : `${amount}, ${span(seconds_left)} left`;
}

function amountOf(done: number, unit: Progress["unit"]): string {
  if (unit === "bytes") return size(done);
  return unit === "files" ? counted(done, "file") : counted(done, "record");
}
