import { figure } from "../../../shared/base/figure.ts";
import type { Claim, Verdict } from "../../../shared/model/claims.ts";

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  supported: "Supported",
  contradicted: "Contradicted",
  undetermined: "Undetermined",
};

const COMPARISON_WORDS = {
  ">=": "at least",
  ">": "more than",
  "=": "exactly",
  "<": "fewer than",
  "<=": "at most",
} as const;
const LEVEL_WORDS = {
  entitled: "kept access",
  attempted: "tried and got nothing",
  possible: "may have got data",
  obtained: "got data",
} as const;

/** What a claim comes to: `at least 11 developers that may have got data or more, in the recent window`. */
export function claimWords({ measure, is, value, level, recent, filter }: Claim): string {
  if (measure === undefined || is === undefined || value === undefined) return "It states nothing that can be counted.";
  const what = measure === "events" ? "calls" : measure;
  const name = level?.replace(/\+$/, "") as keyof typeof LEVEL_WORDS | undefined;
  const of = name === undefined ? "" : ` that ${LEVEL_WORDS[name]}${level?.endsWith("+") ? " or more" : ""}`;
  const when = recent ? ", in the recent window" : "";
  const which = filter.trim() === "" ? "" : `, among ${filter.trim()}`;
  return `Read as: ${COMPARISON_WORDS[is]} ${figure(value)} ${what}${of}${when}${which}.`;
}
