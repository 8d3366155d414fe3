import { DATA_FUNCTION, type WrittenLines } from "../../../shared/viewer/data.ts";

/**
 * A data script whose bytes stand in comments of functions that are never called: a browser keeps the text of a script that ran, and
 * strings in it once more, but no comment twice. Base64 ends no comment.
 */
export function packedScript(name: string, value: WrittenLines, bytes: readonly Buffer[]): Buffer {
  const pieces = [Buffer.from(`${DATA_FUNCTION}("${name}",${JSON.stringify(JSON.stringify(value))}`)];
  for (const each of bytes) pieces.push(Buffer.from(`,function(){/*${each.toString("base64")}*/}`, "latin1"));
  pieces.push(Buffer.from(");\n"));
  return Buffer.concat(pieces);
}
