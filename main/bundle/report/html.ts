import { createHash } from "node:crypto";
import { figure } from "../../../shared/base/figure.ts";

/** Text escaped for HTML: nothing in it is markup, and characters that change the reading direction are made visible. */
function escapeHtml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu,
      (char) => `\\u${(char.codePointAt(0) as number).toString(16).padStart(4, "0")}`,
    )
    .replace(/[&<>"']/gu, (char) => `&#${char.codePointAt(0)};`);
}

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

/** A table; columns whose name begins with `#` are numbers, set right. */
export function table(header: readonly string[], rows: readonly (readonly Piece[])[]): Html {
  const right = header.map((name) => name.startsWith("#"));
  const cell = (piece: Piece, column: number) => html`<td${new Html(right[column] ? ' class="n"' : "")}>${piece}</td>`;
  const head = header.map(
    (name, column) =>
      html`<th scope="col"${new Html(right[column] ? ' class="n"' : "")}>${name.replace(/^#/u, "")}</th>`,
  );
  return html`<table><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table>`;
}

const STYLE = `
:root { color-scheme: light; }
body { font: 14px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1c2127; background: #fff; max-width: 1080px; margin: 16px auto; padding: 0 24px; font-variant-numeric: tabular-nums; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 32px 0 8px; border-bottom: 1px solid #738091; padding-bottom: 4px; }
p, li { max-width: 76ch; } .m { color: #4a5463; } .cards { display: grid; grid-template-columns: repeat(2, 1fr); gap: 8px; margin: 8px 0; } .card { border: 1px solid #738091; border-radius: 2px; padding: 6px 12px; margin: 0; max-width: none; } .card.wide { grid-column: 1 / -1; }
.card b { font-size: 18px; } .check { border: 2px solid #738091; border-radius: 2px; padding: 4px 12px; margin: 8px 0; } .check p { margin: 4px 0; max-width: none; } .check ul { margin: 4px 0; } .check ul:empty { display: none; } h1 + p { margin: 4px 0; max-width: none; } .check input { width: 230px; } #check { font-weight: 600; } #check.good { color: #1c6e42; } .bad .check { border-color: #ac2f33; position: sticky; top: 0; background: #fff; } .bad #check, #check-faults { color: #ac2f33; } .check label { margin-right: 16px; } table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 13px; } th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #d3d8de; overflow-wrap: anywhere; }
th { border-bottom-color: #738091; } .n { text-align: right; white-space: nowrap; } code { font-family: ui-monospace, Consolas, Menlo, monospace; font-size: 12px; overflow-wrap: anywhere; }
@page { margin: 16mm; @bottom-right { content: "page " counter(page) " of " counter(pages); } }
@media print { .screen { display: none; } body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`;

/**
 * A whole page that opens from a disk and can load nothing from anywhere. The one script that it may have stands in it, so
 * that the page's own digest holds it.
 */
export function page(title: string, body: Html, script?: string): string {
  const digest =
    script === undefined ? "" : ` script-src 'sha256-${createHash("sha256").update(script).digest("base64")}';`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';${digest} style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body.markup}${script === undefined ? "" : `\n<script>${script}</script>`}
</body>
</html>
`;
}
