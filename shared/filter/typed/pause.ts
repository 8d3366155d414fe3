import { complete } from "../complete.ts";
import { FIELD_NAMES } from "../fields.ts";
import { fold } from "../match.ts";

/** Milliseconds without a key after which the text runs. */
const RUNS_AFTER_MS = 120;
/** The same for a bare word, which is sought in every original line: not before it is whole. */
const SEEKS_AFTER_MS = 600;
/** Milliseconds without a key after which the filter becomes a place that Back returns to. */
export const SETTLES_AFTER_MS = 2000;

/** `dev` on its way to `developer:` is no word to search for; it runs when the filter is settled. */
export function pauseAfter(text: string): number {
  const { kind, prefix } = complete(text, text.length);
  if (kind !== "field" || prefix === "") return RUNS_AFTER_MS;
  return FIELD_NAMES.some((name) => name.startsWith(fold(prefix))) ? SETTLES_AFTER_MS : SEEKS_AFTER_MS;
}
