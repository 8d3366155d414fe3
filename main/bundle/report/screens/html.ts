import { figure } from "../../../../shared/base/figure.ts";
import { visible } from "../../../../shared/base/visible.ts";

/** Text escaped for HTML: nothing in it is markup, and characters that change the reading direction are made visible. */
const escapeHtml = (text: string): string => visible(text).replace(/[&<>"']/gu, (char) => `&#${char.codePointAt(0)};`);

/** Markup made here, to be told from text. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Piece = string | number | Html | undefined | readonly Piece[];

const written = (piece: Piece): string => {
  if (piece === undefined) return "";
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === "number") return figure(piece);
  return typeof piece === "string" ? escapeHtml(piece) : piece.map(written).join("");
};

/** A template whose values are text, escaped, unless they are Html themselves. Numbers get separators. */
export const html = (parts: TemplateStringsArray, ...values: Piece[]): Html =>
  new Html(parts.map((part, index) => part + (index < values.length ? written(values[index]) : "")).join(""));

/** A day and the time on it: a line is broken between the two alone. */
const TIME = /^(\d{4}-\d\d(?:-\d\d)?)( [\d:.]+ UTC)?$/u;

function unbroken(piece: Piece): Piece {
  const [, day, time = ""] = (typeof piece === "string" && TIME.exec(piece)) || [];
  return day === undefined
    ? piece
    : html`<span class="t">${day}</span>${time === "" ? "" : html` <span class="t">${time.trim()}</span>`}`;
}

/** A table; columns whose name begins with `#` are numbers, set right. */
export function table(header: readonly string[], rows: readonly (readonly Piece[])[]): Html {
  const right = header.map((name) => name.startsWith("#"));
  const cell = (piece: Piece, column: number) =>
    html`<td${new Html(right[column] ? ' class="n"' : "")}>${unbroken(piece)}</td>`;
  const head = header.map(
    (name, column) =>
      html`<th scope="col"${new Html(right[column] ? ' class="n"' : "")}>${name.replace(/^#/u, "")}</th>`,
  );
  return html`<table><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table>`;
}

const STYLE = `
:root { color-scheme: light; }
body { font: 14px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1c2127; background: #fff; max-width: 1080px; margin: 16px auto; padding: 0 24px; }
h1 { font-size: 24px; margin: 0 0 4px; } p, li { max-width: 76ch; } .m { color: #4a5463; } .card { border: 1px solid #738091; border-radius: 2px; padding: 6px 12px; }
`;

/** Markup that is made here of no text of others. */
export const raw = (markup: string): Html => new Html(markup);

/** A page of few words that opens from a disk, has no script and can load nothing from anywhere. */
export const page = (title: string, body: Html): string =>
  document(title, body, {
    policy: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    style: STYLE,
  });

/** A whole page. `policy`: its Content-Security-Policy; scripts stand at its end, in their order. */
export function document(
  title: string,
  body: Html,
  { policy, style, scripts = [] }: { policy: string; style: string; scripts?: readonly string[] },
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body.markup}${scripts.map((script) => `\n<script>${script}</script>`).join("")}
</body>
</html>
`;
}
