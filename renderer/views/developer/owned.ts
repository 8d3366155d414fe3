import { clock } from "../../text/format.ts";

/** When an app was a developer's: `from 2015-10-03 00:00:00 until ..`, in UTC. */
export function owned(from: string | undefined, until: string | undefined): string {
  if (from === undefined && until === undefined) return "always";
  return [from === undefined ? "" : `from ${clock(from)}`, until === undefined ? "" : `until ${clock(until)}`]
    .filter(Boolean)
    .join(" ");
}
