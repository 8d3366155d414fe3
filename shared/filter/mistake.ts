import { Refusal } from "../base/errors.ts";

/** A mistake in a filter. `position`: the 1-based character; `what`, `todo`: sentence parts. */
export function mistake(position: number, what: string, todo: string): Refusal {
  return new Refusal("filter-wrong", `at ${position}: ${what}`, todo, { position });
}

export const QUOTE_IT = "put it in quotes if the text itself is meant";

/** A piece of the text for a message: short, and without control characters, which could move a terminal's cursor. */
export function excerpt(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "\ufffd");
  return clean.length > 40 ? `${Array.from(clean).slice(0, 39).join("")}…` : clean;
}
