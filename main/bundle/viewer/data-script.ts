import { DATA_FUNCTION } from "../../../shared/viewer/data.ts";

/**
 * A script that hands a value to the page: JSON in a string, which a browser reads faster than a literal, and bytes beside it,
 * which no escaping has to look through.
 */
export function dataScript(name: string, value: unknown, bytes: readonly Buffer[] = []): Buffer {
  const pieces = [Buffer.from(`${DATA_FUNCTION}(${scriptText(name)},${scriptText(JSON.stringify(value))}`)];
  for (const each of bytes) pieces.push(Buffer.from(`,"${each.toString("base64")}"`, "latin1"));
  pieces.push(Buffer.from(");\n"));
  return Buffer.concat(pieces);
}

/** A string of a script that ends no script, wherever it stands. */
const scriptText = (text: string): string =>
  JSON.stringify(text).replace(/[<\u2028\u2029]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
