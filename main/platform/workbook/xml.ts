/** A start, an end, or text between: all that a workbook's parts hold. */
export type XmlToken =
  | { readonly kind: "open"; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

/** A tag. No `<` stands inside one (XML 1.0, 2.4 and 3.1), so a tag that nothing closes costs no more than the way to the next. */
const TAG = /<(\/?)([^\s/<>!?]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>/uy;
/** What is no tag, by its beginning and its end. */
const SPANS = [
  ["<![CDATA[", "]]>"],
  ["<!--", "-->"],
  ["<?", "?>"],
] as const;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const withoutPrefix = (name: string): string => (name.includes(":") ? name.slice(name.indexOf(":") + 1) : name);

const decoded = (text: string): string =>
  text.includes("&")
    ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/giu, (whole, decimal, hex, name) => {
        if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] as string) : whole;
        const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      })
    : text;

/**
 * The tokens of XML as spreadsheet programs write it, names without their prefix of a namespace. A document type is none of
 * it (ECMA-376 part 2, 7.3), so no entity of the file's own can grow.
 */
export function* xmlTokens(text: string): Generator<XmlToken> {
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(text)) throw new Error("it has a document type");
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf("<", at);
    const until = open < 0 ? text.length : open;
    if (until > at) yield { kind: "text", text: decoded(text.slice(at, until)) };
    if (open < 0) return;
    const mark = text[open + 1];
    const span = mark === "!" || mark === "?" ? SPANS.find(([begin]) => text.startsWith(begin, open)) : undefined;
    if (span) {
      const [begin, end] = span;
      const close = text.indexOf(end, open + begin.length);
      // Going on behind it would search the rest again for each one that is not closed.
      if (close < 0) throw new Error(`its XML has a ${begin} that is not closed`);
      if (begin === "<![CDATA[") yield { kind: "text", text: text.slice(open + begin.length, close) };
      at = close + end.length;
      continue;
    }
    TAG.lastIndex = open;
    const [whole, slash, name = "", attributes, empty] = TAG.exec(text) ?? [];
    if (whole === undefined) throw new Error("its XML has a tag that is not closed");
    at = open + whole.length;
    const bare = withoutPrefix(name);
    if (slash !== "/") yield { kind: "open", name: bare, attributes: attributesOf(attributes ?? "") };
    if (slash === "/" || empty === "/") yield { kind: "close", name: bare };
  }
}

const NONE: ReadonlyMap<string, string> = new Map();

function attributesOf(text: string): ReadonlyMap<string, string> {
  // Most of a workbook's tags have none.
  if (text === "") return NONE;
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = 0;
  for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text))
    attributes.set(match[1] as string, decoded(match[2] ?? match[3] ?? ""));
  return attributes;
}
