/** A start, an end, or text between: all that a workbook's parts hold. */
export type XmlToken =
  | { readonly kind: "open"; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([^\s/>!?]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/gu;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const withoutPrefix = (name: string): string => name.slice(name.indexOf(":") + 1);

const decoded = (text: string): string =>
  text.includes("&")
    ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/giu, (whole, decimal, hex, name) => {
        if (name !== undefined) return ENTITIES[name] ?? whole;
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
  for (const [, cdata, slash, name, attributes, empty, between] of text.matchAll(TOKEN)) {
    if (cdata !== undefined) yield { kind: "text", text: cdata };
    else if (between !== undefined) yield { kind: "text", text: decoded(between) };
    else if (name !== undefined) {
      const bare = withoutPrefix(name);
      if (slash !== "/") yield { kind: "open", name: bare, attributes: attributesOf(attributes ?? "") };
      if (slash === "/" || empty === "/") yield { kind: "close", name: bare };
    }
  }
}

const attributesOf = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(ATTRIBUTE)].map(
      ([, name = "", double, single]) => [name, decoded(double ?? single ?? "")] as const,
    ),
  );
