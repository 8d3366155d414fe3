import fs from "node:fs";

const FOLDER = new URL("../../../../resources/viewer/", import.meta.url);
const known = new Map<string, string>();

/** A script of the page. It may not end the element that it stands in. */
export function script(name: "check.js" | "viewer.js"): string {
  const text = part(name);
  if (/<\/script|<!--/iu.test(text)) throw new Error(`${name} would end itself`);
  return text;
}

/** A later one stands over an earlier one. */
const STYLES = ["page", "frame", "answer", "calls", "narrow-and-paper"] as const;

export const style = (): string => STYLES.map((name) => part(`style/${name}.css`)).join("");

function part(name: string): string {
  const text = known.get(name) ?? fs.readFileSync(new URL(name, FOLDER), "utf8");
  known.set(name, text);
  return text;
}
