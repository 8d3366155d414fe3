/** A label and its value, as bag-info.txt and bagit.txt hold them. */
export type Tag = readonly [label: string, value: string];

/**
 * The text of a tag file in the encoding bagit.txt names. Throws a sentence part if it is not in that encoding, or, for
 * UTF-8, if it begins with a byte-order mark, which BagIt forbids.
 */
export function decodeTagFile(bytes: Uint8Array, encoding: string): string {
  const label = encoding.toUpperCase() === "UTF-16" ? utf16Of(bytes) : encoding;
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true, ignoreBOM: !/^utf-16/i.test(label) });
  } catch {
    throw new Error(`is in an encoding that is not read here, ${JSON.stringify(encoding.slice(0, 40))}`);
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Error(`is not in the encoding that bagit.txt names, ${encoding}`);
  }
  if (text.startsWith("\ufeff")) throw new Error("begins with a byte-order mark, which BagIt does not allow");
  return text;
}

/** RFC 2781 section 4.3: without a byte-order mark it is big-endian. */
function utf16Of(bytes: Uint8Array): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-16be";
}

/** Lines without their ends (LF, CR or CRLF); the empty ones stay, so that numbers are right. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** What bag-info.txt says, in its order, continuation lines (RFC 8493 section 2.2.2) joined; `faults` are sentences. */
export function parseTags(text: string): { readonly tags: readonly Tag[]; readonly faults: readonly string[] } {
  const tags: [string, string][] = [];
  const faults: string[] = [];
  for (const [at, line] of linesOf(text).entries()) {
    const last = tags.at(-1);
    const split = /^([^\s:][^:]*?)[ \t]*:[ \t]*(.*)$/.exec(line);
    if (line.trim() === "") continue;
    if (/^[ \t]/.test(line) && last !== undefined) last[1] += ` ${line.trim()}`;
    else if (split !== null) tags.push([split[1] ?? "", (split[2] ?? "").trimEnd()]);
    else faults.push(`line ${at + 1} of bag-info.txt has no label`);
  }
  return { tags, faults };
}

/** All values of a label, whatever its capitals. */
export function valuesOf(tags: readonly Tag[], label: string): string[] {
  return tags.filter(([name]) => name.toLowerCase() === label.toLowerCase()).map(([, value]) => value);
}

export interface Declaration {
  readonly version: string;
  readonly encoding: string;
  /** From 1.0 on, what 0.97 and earlier tolerated is wrong. */
  readonly strict: boolean;
}

/** Reads bagit.txt (RFC 8493 section 2.1.1); throws a sentence part about it if it is not a declaration we know. */
export function parseDeclaration(bytes: Uint8Array): Declaration {
  const lines = linesOf(decodeTagFile(bytes, "UTF-8"));
  const version = /^BagIt-Version([ \t]*):([ \t]*)(\d+\.\d+)[ \t]*$/.exec(lines[0] ?? "");
  const encoding = /^Tag-File-Character-Encoding([ \t]*):([ \t]*)(\S+)[ \t]*$/.exec(lines[1] ?? "");
  if (version === null) throw new Error("does not begin with a BagIt version");
  if (encoding === null) throw new Error("does not name the encoding of the tag files in its second line");
  if (lines.length > 2) throw new Error("has more than its two lines");
  const number = version[3] ?? "";
  if (!/^(0\.9[3-7]|1\.0)$/.test(number)) throw new Error(`is of BagIt version ${number}; 0.97 and 1.0 are read here`);
  const strict = number === "1.0";
  const spaced = [version, encoding].some((match) => match[1] !== "" || match[2] !== " ");
  if (strict && spaced) throw new Error("has white space where BagIt 1.0 allows none");
  return { version: number, encoding: encoding[3] ?? "", strict };
}

/** One tag a line. Line breaks in values are removed, so that text from a log or a user cannot forge another tag. */
export function printTags(tags: readonly Tag[]): string {
  return tags.map(([label, value]) => `${label}: ${value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim()}\n`).join("");
}
