import { DATA_FUNCTION } from "../../../shared/viewer/data.ts";

/** A script that hands a value to the page: JSON in a string, which a browser reads faster than a literal. */
export function dataScript(name: string, value: unknown): string {
  return `${DATA_FUNCTION}(${scriptText(name)},${scriptText(JSON.stringify(value))});\n`;
}

/** A string of a script that ends no script, wherever it stands. */
const scriptText = (text: string): string =>
  JSON.stringify(text).replace(/[<\u2028\u2029]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
