import { type Block, type Inline, originText, type ReportDocument, type Text, visible } from "../document/tree.ts";
import { chartOnPaper } from "./chart-svg.ts";

/** Fonts by script, the first that has a character. They come with the program: a report looks the same on every machine. */
const FONTS = [
  "Noto Sans",
  "Noto Naskh Arabic",
  "Noto Sans Hebrew",
  "Noto Sans JP",
  "Noto Sans S Chinese",
  "Noto Sans KR",
];

/** A text as a string of Typst's code: nothing in it is markup (typst.app/docs/reference/foundations/str). */
const quoted = (text: string): string =>
  `"${visible(text)
    .replace(/[\\"]/gu, (mark) => `\\${mark}`)
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")}"`;

const inline = (piece: Inline): string => {
  if (typeof piece === "string") return `#${quoted(piece)};`;
  if ("strong" in piece) return `#strong(${quoted(piece.strong)});`;
  if ("code" in piece) return `#code(${quoted(piece.code)});`;
  if ("open" in piece) return `#unfilled(${quoted(piece.open)});`;
  // A blank between: a copied text must not read the note's number as the figure's last digit.
  return `#strong(${quoted(piece.figure)});#"\\u{2009}";#footnote(${quoted(originText(piece.from))});`;
};

const content = (text: Text): string => `[${text.map(inline).join("")}]`;

function block(each: Block): string {
  switch (each.kind) {
    case "heading":
      return `#heading(level: ${each.level}, ${quoted(each.text)})`;
    case "paragraph":
      return `#par${content(each.text)}`;
    case "list":
      return `#${each.isNumbered ? "enum" : "list"}(${each.items.map((item) => `${content(item)},`).join("")})`;
    case "facts":
      return `#facts(${each.rows.map(([label, text]) => `(${quoted(label)}, ${content(text)}),`).join("")})`;
    case "table": {
      const columns = each.columns.map(({ share }) => `${share}fr,`).join("");
      const sides = each.columns.map(({ isNumber }) => (isNumber ? "right," : "left,")).join("");
      const head = each.columns.map(({ title }) => `${quoted(title)},`).join("");
      const rows = each.rows.map((row) => row.map((cell) => `${content(cell)},`).join("")).join("\n");
      const more = each.more === undefined ? "none" : content(each.more);
      return `#rows(${quoted(each.title)}, (${columns}), (${sides}), (${head}), (${rows}), ${more})`;
    }
    case "chart":
      return `#chart(${quoted(each.title)}, ${quoted(each.words)}, bytes(${quoted(chartOnPaper(each.chart))}))`;
    case "box":
      return `#aside(${quoted(each.title)}, ${content(each.text)})`;
  }
}

/** How each kind of block looks. */
const PREAMBLE = `
#let muted = rgb("#4a5463")
#let code(it) = raw(it)
#let unfilled(it) = highlight(fill: rgb("#ffe08a"), "[" + it + "]")
#let facts(..pairs) = table(columns: (32%, 1fr), stroke: none, inset: (x: 0pt, y: 3pt), ..pairs.pos().map(p => (text(fill: muted, p.at(0)), p.at(1))).flatten())
#let rows(title, columns, sides, head, cells, more) = {
  block(breakable: false, sticky: true, below: 4pt, strong(title))
  set text(size: 8.5pt)
  table(columns: columns, align: sides, stroke: (x, y) => (bottom: if y == 0 { 0.8pt + muted } else { 0.3pt + luma(200) }), inset: (x: 4pt, y: 3pt), table.header(..head.map(h => strong(h))), ..cells)
  if more != none { text(size: 8.5pt, fill: muted, more) }
}
#let chart(title, words, svg) = block(breakable: false, width: 100%)[#block(sticky: true, below: 4pt, strong(title)) #image(svg, format: "svg", width: 100%, alt: words)]
#let aside(title, it) = block(width: 100%, stroke: (left: 2pt + muted), inset: (left: 8pt, y: 4pt), breakable: false)[#strong(title) \\ #it]
`;

/** The document as Typst's markup. */
export function typstMarkup({ title, head, foot, author, at, blocks }: ReportDocument): string {
  const [year, month, day] = at.slice(0, 10).split("-").map(Number);
  const fonts = FONTS.map((name) => `"${name}"`).join(", ");
  return `#set document(title: ${quoted(title)}, author: ${quoted(author)}, date: datetime(year: ${year}, month: ${month}, day: ${day}))
#set text(font: (${fonts}), size: 10pt, lang: "en", fallback: true)
#show raw: set text(font: (${fonts}), size: 1.2em)
#set par(justify: false, leading: 0.62em)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11pt)
#set page(paper: "a4", margin: (x: 17mm, top: 20mm, bottom: 20mm), header: text(size: 8pt, fill: rgb("#4a5463"), ${quoted(head)}), footer: context text(size: 8pt, fill: rgb("#4a5463"))[#${quoted(foot)}; #h(1fr) page #counter(page).display() of #counter(page).final().first()])
${PREAMBLE}
${blocks.map(block).join("\n\n")}
`;
}
