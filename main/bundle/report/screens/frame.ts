import { createHash } from "node:crypto";
import { figure } from "../../../../shared/base/figure.ts";
import { READER_COMMANDS, type ReaderCommand } from "../../../../shared/contract/reader-commands.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { checkSection } from "./check-section.ts";
import { document, type Html, html } from "./html.ts";
import { PATTERNS } from "./patterns.ts";
import { script, style } from "./viewer-parts.ts";

export interface Screen {
  readonly id: string;
  readonly title: string;
  /** What stands beside its name in the list of screens. */
  readonly count?: number | string;
  readonly body: Html;
  /** Its body is drawn by the page's script, in an element of the id ID-body. */
  readonly isDrawn?: true;
  /** It is in no list: other screens lead to it. */
  readonly isHidden?: true;
}

/** Those of the browser and of what has the focus, which are nobody's command. */
const KEYS: readonly (readonly [key: string, does: string])[] = [
  ["Enter", "Open what has the focus"],
  ["Esc", "Close what is open"],
  ["Ctrl+Enter", "Say what is written (macOS: Cmd+Enter)"],
  ["Alt+Left", "Back, as anywhere in the browser"],
];

/** One line for the nine tags. */
const isListed = ({ id }: ReaderCommand): boolean => !/^tag\.[2-9]$/u.test(id);
const keysText = ({ id, keys }: ReaderCommand): string =>
  id === "tag.1" ? "1 … 9" : keys.join(" ").replace("Mod", "Ctrl");

/** All keys, from the table of commands; the page's script reads from it what each key does. */
const keysDialog = (): Html =>
  html`<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title" tabindex="-1">Keys</h2><dl>${READER_COMMANDS.map(
    (each) =>
      html`<div data-command="${each.id}" data-keys="${each.keys.join(" | ")}"${isListed(each) ? html`` : html` hidden`}><dt><kbd>${keysText(each)}</kbd></dt><dd>${each.title}</dd></div>`,
  )}${KEYS.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl><p><button type="button" id="keys-close">Close</button></p></dialog>`;

/** The page with all its screens, and what each of them needs. */
export function frame(input: PageInput, about: Html, screens: readonly Screen[]): string {
  const { about: record } = input;
  const scripts = [script("check.js"), script("viewer.js")];
  const css = `${style()}${pageMarks(record.name)}`;
  return document(`${record.title}, ${record.name}`, bodyOf(input, about, screens), {
    policy: [
      "default-src 'none'",
      // Its own two by their digest; its data are files beside it, on a disk or on a server.
      `script-src ${scripts.map(digestOf).join(" ")} 'self' file:`,
      `style-src ${digestOf(css)}`,
      "require-trusted-types-for 'script'",
      "trusted-types exhibit-data",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; "),
    style: css,
    scripts,
  });
}

const digestOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** At the foot of every printed page, where the browser knows how. A name of a bundle of ours is of these characters alone. */
const pageMarks = (name: string): string => `
@page { @bottom-left { content: "${name.replace(/[^A-Za-z0-9._-]/gu, "?")}"; } @bottom-right { content: "page " counter(page) " of " counter(pages); } }
`;

function bodyOf(input: PageInput, about: Html, screens: readonly Screen[]): Html {
  const { about: record } = input;
  return html`${PATTERNS}<a class="skip" href="#main">To the content</a>
<nav aria-label="Screens"><p class="name">${record.name}</p>
<ul>${screens.flatMap(({ id, title, count, isHidden }) =>
    isHidden
      ? []
      : [
          html`<li><a href="#${id}"><span>${title}</span>${count === undefined ? html`` : html`<span class="n">${typeof count === "number" ? figure(count) : count}</span>`}</a></li>\n`,
        ],
  )}</ul></nav>
<div class="page">
<header><div><h1>${record.title}</h1><p class="m">${about}</p></div>
<form class="find with-script screen-only" role="search" aria-label="The whole bundle" hidden><input id="find" type="search" autocomplete="off" aria-label="Find anything in this bundle" placeholder="Find anything in this bundle  /"><button type="button" id="print">Print</button></form></header>
${checkSection(input)}
<main id="main" tabindex="-1">
${screens.map(screenOf)}
</main>
<footer><span>${record.name}, <span class="checked-words">not checked yet</span></span><span>UTC</span><span>made by ${record.software}</span><button type="button" id="keys-open" class="with-script screen-only" hidden>? keys</button></footer>
</div>
${keysDialog()}`;
}

const screenOf = ({ id, title, body, isDrawn }: Screen): Html =>
  isDrawn
    ? html`<section id="${id}" class="drawn" aria-label="${title}">${id === "developer" ? html`` : html`<h2 tabindex="-1">${title}</h2>`}${body}<div id="${id}-body" class="body"><p class="m">This is drawn by the page's script from the files in viewer/.</p></div></section>\n`
    : html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title" tabindex="-1">${title}</h2>
${body}</section>\n`;
