import { type Block, type Inline, originText, type ReportDocument, type Text, visible } from "../document/tree.ts";

const WIDTH = 100;

/** The document as plain text, for whoever has nothing but an editor. */
export function plainText({ foot, blocks }: ReportDocument): string {
  const notes: string[] = [];
  const body = blocks.map((block) => blockText(block, notes)).join("\n\n");
  const numbered = notes.map((note, index) => `[${index + 1}] ${note}`);
  const said = numbered.length === 0 ? "" : `\n\nNotes\n${numbered.join("\n")}`;
  return `${body}${said}\n\n${visible(foot)}\n`;
}

function inline(piece: Inline, notes: string[]): string {
  if (typeof piece === "string") return visible(piece);
  if ("strong" in piece) return visible(piece.strong);
  if ("code" in piece) return visible(piece.code);
  if ("open" in piece) return `[TO FILL IN: ${visible(piece.open)}]`;
  notes.push(originText(piece.from));
  return `${visible(piece.figure)} [${notes.length}]`;
}

const line = (text: Text, notes: string[]): string => text.map((piece) => inline(piece, notes)).join("");

function blockText(block: Block, notes: string[]): string {
  switch (block.kind) {
    case "heading":
      return `${visible(block.text)}\n${(block.level === 1 ? "=" : "-").repeat(Math.min(WIDTH, block.text.length))}`;
    case "paragraph":
      return wrapped(line(block.text, notes));
    case "list":
      return block.items
        .map((item, index) => {
          const mark = block.isNumbered ? `${index + 1}. ` : "- ";
          return wrapped(line(item, notes), mark, " ".repeat(mark.length));
        })
        .join("\n");
    case "facts":
      return block.rows.map(([label, text]) => `${visible(label)}: ${line(text, notes)}`).join("\n");
    case "table": {
      const rows = block.rows.map((row) => row.map((cell) => line(cell, notes)).join(" | "));
      const more = block.more === undefined ? [] : [line(block.more, notes)];
      return [visible(block.title), block.columns.map(({ title }) => title).join(" | "), ...rows, ...more].join("\n");
    }
    case "chart":
      return `${visible(block.title)}\n${wrapped(visible(block.words))}`;
    case "box":
      return wrapped(`${visible(block.title)} ${line(block.text, notes)}`, "| ", "| ");
  }
}

/** Broken at blanks. A word that is longer than a line stays whole: it may be a digest. */
function wrapped(text: string, first = "", others = first): string {
  const lines: string[] = [];
  let current = first;
  for (const word of text.split(" ")) {
    const isEmpty = current === (lines.length === 0 ? first : others);
    if (!isEmpty && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = others + word;
    } else current += (isEmpty ? "" : " ") + word;
  }
  return [...lines, current].join("\n");
}
