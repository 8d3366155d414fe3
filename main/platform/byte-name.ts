import { isUtf8 } from "node:buffer";

const MAX_CHARACTER_BYTES = 4;

/** A file's name as text: bytes that are not UTF-8 as `\xE9`, as tools of other systems and times left them. */
export function nameOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    let length = Math.min(MAX_CHARACTER_BYTES, bytes.length - at);
    while (length > 0 && !isUtf8(bytes.subarray(at, at + length))) length -= 1;
    text +=
      length > 0
        ? bytes.toString("utf8", at, at + length)
        : `\\x${(bytes[at] as number).toString(16).toUpperCase().padStart(2, "0")}`;
    at += Math.max(1, length);
  }
  return text;
}
