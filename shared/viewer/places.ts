/** Where in the viewer something stands: links within the page, which survive being mailed. */

const escaped = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",");

/** `more`: sort, page and columns, each as the screen of calls writes it; those at the end that say nothing go. */
export function callsPlace(filter: string, ...more: readonly string[]): string {
  const parts = [filter, ...more];
  while (parts.at(-1) === "") parts.pop();
  return ["#calls", ...parts.map(escaped)].join("/");
}
export const eventPlace = (event: number): string => `#event/${event}`;
export const findingPlace = (rule: string, developer: string): string =>
  `#finding/${escaped(rule)}/${escaped(developer)}`;
export const developerPlace = (developer: string): string => `#developer/${escaped(developer)}`;

/** A place with its parts, as text; undefined where the link is not one of ours. */
export function placeOf(hash: string): { readonly screen: string; readonly parts: readonly string[] } | undefined {
  const [screen = "", ...parts] = hash.replace(/^#/u, "").split("/");
  if (!/^[a-z]+$/u.test(screen)) return undefined;
  try {
    return { screen, parts: parts.map((part) => decodeURIComponent(part)) };
  } catch {
    return undefined;
  }
}
