import type { DeveloperActivity } from "../../../shared/model/activity.ts";

/** Lists of everybody, whatever a policy says: all, those who called, those who called one API or got one field. */
export const EVERYONE = "everyone";
export const CALLERS_LIST = "callers";
const API = "calls:";

export const apiList = (api: string): string => `${API}${api}`;

export const isActivityList = (name: string): boolean =>
  name === EVERYONE || name === CALLERS_LIST || name.startsWith(API);

export function inActivityList(row: DeveloperActivity, name: string): boolean {
  if (name === CALLERS_LIST) return row.events > 0;
  return name.startsWith(API) ? row.apis.includes(name.slice(API.length)) : true;
}

export function activityTitle(name: string): string {
  if (name === CALLERS_LIST) return "Made a call";
  return name.startsWith(API) ? `Called ${name.slice(API.length)}` : "Everyone";
}

/** Whether a row is found by what is typed into the box: every word in its name, id, apps, APIs or fields. */
export function isActivityFound(row: DeveloperActivity, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const hay = [row.developer, row.developer_id, ...row.apps, ...row.apis, ...row.fields].join("\n").toLowerCase();
  return words.every((word) => hay.includes(word));
}
