/**
 * The part of Markdown that our own help pages use, as data: nothing in it can be markup, whoever wrote the page.
 * Headings, paragraphs, lists, code, tables, quotes; inside: code, strong, emphasis, links.
 */

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong" | "em"; readonly inside: readonly Inline[] }
  | { readonly kind: "link"; readonly to: string; readonly inside: readonly Inline[] };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly inside: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly inside: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "quote"; readonly inside: readonly Inline[] }
  | { readonly kind: "list"; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^\s{0,3}(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const RULE = /^\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$/;
const COMMENT = /^\s*<!--.*-->\s*$/;

export function markdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let i = 0;
  const line = () => lines[i] ?? "";
  const isOther = () =>
    line().trim() === "" ||
    COMMENT.test(line()) ||
    HEADING.test(line()) ||
    ITEM.test(line()) ||
    /^(?:```|>| {4})/.test(line());

  while (i < lines.length) {
    if (line().trim() === "" || COMMENT.test(line())) {
      i++;
      continue;
    }
    const heading = HEADING.exec(line());
    if (heading) {
      blocks.push({ kind: "heading", level: (heading[1] as string).length, inside: inline(heading[2] as string) });
      i++;
    } else if (line().startsWith("```")) {
      const code: string[] = [];
      for (i++; i < lines.length && !line().startsWith("```"); i++) code.push(line());
      i++;
      blocks.push({ kind: "code", text: code.join("\n") });
    } else if (/^ {4}/.test(line())) {
      const code: string[] = [];
      for (; i < lines.length && (/^ {4}/.test(line()) || line().trim() === ""); i++) code.push(line().slice(4));
      blocks.push({ kind: "code", text: code.join("\n").trimEnd() });
    } else if (line().startsWith(">")) {
      const quoted: string[] = [];
      for (; i < lines.length && line().startsWith(">"); i++) quoted.push(line().replace(/^>\s?/, ""));
      blocks.push({ kind: "quote", inside: inline(quoted.join(" ")) });
    } else if (ITEM.test(line())) {
      const isOrdered = ITEM.exec(line())?.[1] !== undefined;
      const items: string[] = [];
      for (; i < lines.length; i++) {
        const item = ITEM.exec(line());
        if (item && (item[1] !== undefined) === isOrdered) items.push(item[2] as string);
        else if (/^\s+\S/.test(line()) && items.length > 0) items.push(`${items.pop()} ${line().trim()}`);
        else break;
      }
      blocks.push({ kind: "list", isOrdered, items: items.map(inline) });
    } else if (line().includes("|") && RULE.test(lines[i + 1] ?? "")) {
      const head = cells(line());
      const rows: string[][] = [];
      for (i += 2; i < lines.length && line().includes("|"); i++) rows.push(cells(line()));
      blocks.push({
        kind: "table",
        head: head.map(inline),
        rows: rows.map((row) => head.map((_, at) => inline(row[at] ?? ""))),
      });
    } else {
      const words = [line().trim()];
      for (i++; i < lines.length && !isOther(); i++) words.push(line().trim());
      blocks.push({ kind: "paragraph", inside: inline(words.join(" ")) });
    }
  }
  return blocks;
}

/** The cells of a table's row; `\|` and a bar inside code are no border. */
function cells(row: string): string[] {
  const found: string[] = [];
  let cell = "";
  let inCode = false;
  const text = row.trim().replace(/^\|/, "");
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\" && text.charAt(i + 1) === "|") {
      cell += "|";
      i++;
      continue;
    }
    if (c === "`") inCode = !inCode;
    if (c === "|" && !inCode) {
      found.push(cell.trim());
      cell = "";
    } else cell += c;
  }
  if (cell.trim() !== "") found.push(cell.trim());
  return found;
}

const INLINE =
  /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|\*(?!\s)(.+?)\*|\b_(?!\s)(.+?)_\b|\[([^\]]*)\]\(([^)\s]*)\)|\\([\\`*_[\]|<>#-])/g;

export function inline(text: string): Inline[] {
  const found: Inline[] = [];
  const plain = (part: string) => {
    if (part === "") return;
    const last = found.at(-1);
    if (last?.kind === "text") found[found.length - 1] = { kind: "text", text: last.text + part };
    else found.push({ kind: "text", text: part });
  };
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    plain(text.slice(at, match.index));
    at = match.index + match[0].length;
    const [, , code, strong, em, low, label, to, escaped] = match;
    if (code !== undefined) found.push({ kind: "code", text: /^ .+ $/.test(code) ? code.slice(1, -1) : code });
    else if (strong !== undefined) found.push({ kind: "strong", inside: inline(strong) });
    else if (em !== undefined || low !== undefined) found.push({ kind: "em", inside: inline((em ?? low) as string) });
    else if (label !== undefined) found.push({ kind: "link", to: to as string, inside: inline(label) });
    else plain(escaped as string);
  }
  plain(text.slice(at));
  return found;
}

/** The words of a piece, without its form: for headings' ids and for search. */
export function words(inside: readonly Inline[]): string {
  return inside.map((piece) => ("text" in piece ? piece.text : words(piece.inside))).join("");
}

export function blockWords(block: Block): string {
  switch (block.kind) {
    case "code":
      return block.text;
    case "list":
      return block.items.map(words).join(" ");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(words).join(" ")).join(" ");
    default:
      return words(block.inside);
  }
}
