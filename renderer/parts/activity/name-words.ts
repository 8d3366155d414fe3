import type { DeveloperActivity } from "../../../shared/model/activity.ts";
import { counted } from "../../text/format.ts";

/** How many of them the log alone names. */
export function nameWords(developers: readonly DeveloperActivity[]): string | undefined {
  const apps = developers.filter((row) => row.developer_id.startsWith("app:")).length;
  const named = developers.filter((row) => row.developer_id.startsWith("name:")).length;
  if (apps + named === 0) return undefined;
  return `Names are the log's own: ${counted(named, "developer")}, ${counted(apps, "app")} without one.`;
}
