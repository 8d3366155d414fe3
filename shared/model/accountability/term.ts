/** How long a clock gives, as its file writes it: `PT72H`, `P30D`, `P4B` (business days), `P1M` (calendar months). */
export interface Term {
  readonly count: number;
  readonly unit: "hours" | "days" | "business days" | "months";
}

const UNITS = { D: "days", B: "business days", M: "months" } as const;

/** A hundred years of each; more would leave the years that times can be written in. */
const MOST = { hours: 876_000, days: 36_500, "business days": 26_000, months: 1_200 } as const;

/** Undefined where the text is no term. */
export function termOf(text: string): Term | undefined {
  const found = /^P(?:T(\d{1,6})H|(\d{1,6})([DBM]))$/u.exec(text);
  if (!found) return undefined;
  const [, hours, days, letter] = found;
  const count = Number(hours ?? days);
  const unit = hours === undefined ? UNITS[letter as keyof typeof UNITS] : "hours";
  return count <= MOST[unit] ? { count, unit } : undefined;
}

/** In words: `72 hours`, `1 month`. */
export function termText(text: string): string {
  const term = termOf(text);
  if (!term) return text;
  return `${term.count} ${term.count === 1 ? term.unit.slice(0, -1) : term.unit}`;
}
