import type { RefusalData } from "../../../shared/base/errors.ts";

/** A refusal as one sentence. */
export function sentence({ what, todo }: RefusalData): string {
  const text = `${what}: ${todo}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
