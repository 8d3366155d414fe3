import type { Level } from "../model/level.ts";

/** What the levels are called, everywhere. */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  entitled: "Kept access",
  attempted: "Tried, got nothing",
  possible: "May have got data",
  obtained: "Got data",
};
