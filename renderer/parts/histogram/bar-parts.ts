import type { Stack } from "../../../shared/model/explore.ts";

const TOKENS: Readonly<Record<string, string>> = {
  allowed: "--allowed",
  denied: "--denied",
  failed: "--failed",
  unknown: "--edge",
  obtained: "--got",
  possible: "--may",
  attempted: "--tried",
};
const LEVEL_WORDS: Readonly<Record<string, string>> = {
  obtained: "Got data",
  possible: "May have got data",
  attempted: "Tried, got nothing",
};

/** What a part of the bars is called, and which token colours it. */
export function partOf(stack: Stack, value: string | undefined, index: number): { words: string; token: string } {
  if (value === undefined)
    return { words: stack === "none" ? "calls" : "others", token: stack === "none" ? "--allowed" : "--edge" };
  const token = stack === "outcome" || stack === "level" ? TOKENS[value] : undefined;
  return { words: LEVEL_WORDS[value] ?? value, token: token ?? `--tag-${(index % 8) + 1}` };
}
