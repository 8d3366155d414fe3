/**
 * The first differences between two JSON documents, as `path is A, worked out B`. Order of keys means nothing, order of
 * lists does.
 */
export function differences(said: unknown, worked: unknown, at = "", found: string[] = []): string[] {
  if (found.length >= 5 || Object.is(said, worked)) return found;
  if (Array.isArray(said) && Array.isArray(worked)) {
    if (said.length !== worked.length)
      found.push(`${at || "the list"} has ${said.length} items, worked out ${worked.length}`);
    for (let index = 0; index < Math.min(said.length, worked.length); index += 1)
      differences(said[index], worked[index], `${at}[${index}]`, found);
    return found;
  }
  if (isObject(said) && isObject(worked)) {
    for (const key of new Set([...Object.keys(said), ...Object.keys(worked)]))
      differences(said[key], worked[key], at === "" ? key : `${at}.${key}`, found);
    return found;
  }
  found.push(`${at || "the document"} is ${shown(said)}, worked out ${shown(worked)}`);
  return found;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const shown = (value: unknown): string =>
  value === undefined ? "absent" : (JSON.stringify(value) ?? "absent").slice(0, 80);
