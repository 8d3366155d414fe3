import { DAY, endOf, instantOf, isoOf } from "../../../shared/base/time.ts";

const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/u;

/** A day, or a time with its zone, as a policy takes it. */
export function isDay(text: string): boolean {
  if (!TIME.test(text) || Number.isNaN(Date.parse(text))) return false;
  const date = text.slice(0, 10);
  // 30 February is read as 2 March
  return new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) === date;
}

export const isWholeNumber = (text: string): boolean => /^\d{1,5}$/u.test(text.trim()) && Number(text) <= 36_500;

/** When a rule binds: its day and its days of grace. Undefined while one of them is not readable. */
export function cutoffOf(rule: { readonly effective_from: string; readonly grace_days: string }): string | undefined {
  const from = rule.effective_from.trim();
  const grace = rule.grace_days.trim() === "" ? "0" : rule.grace_days;
  if (!isDay(from) || !isWholeNumber(grace)) return undefined;
  return isoOf(instantOf(from) + Number(grace) * DAY);
}

/** Where the rule's time ends: a bare day is its end. Undefined where none is given or it is not readable. */
export function asOfOf(text: string): string | undefined {
  const asOf = text.trim();
  return isDay(asOf) ? isoOf(endOf(asOf)) : undefined;
}

/** A day where it is its midnight, else the time: as filters and sentences write it. */
export function dayOrTime(time: string): string {
  return time.endsWith("T00:00:00Z") ? time.slice(0, 10) : time;
}
