import { figure } from "../../../../shared/base/figure.ts";
import type { PageAct, PageInput } from "../../contents/page-input.ts";
import { utc } from "../document/words.ts";
import { clockSection } from "./check-section.ts";
import { type Html, html, table } from "./html.ts";

/** The first acts and the last ones, where there are more: all are in the extract. */
const FIRST = 100;
const LAST = 900;

/** Every act of the case, and what a chain of them proves. */
export function custodyScreen(input: PageInput): Html {
  const { acts } = input;
  const isLong = acts.length > FIRST + LAST;
  const shown = isLong ? [...acts.slice(0, FIRST), ...acts.slice(-LAST)] : acts;
  return html`${clockSection(input)}
<h3>The acts</h3>
${isLong ? html`<p>The first ${FIRST} and the last ${LAST} of ${acts.length} acts; all are in <a href="extract/custody.jsonl">extract/custody.jsonl</a>.</p>` : html``}
${table(
  ["#no", "when", "who", "act", "what"],
  shown.map((act) => [String(act.seq), utc(act.at), act.by ?? "hidden here", act.act, detailText(act)]),
)}`;
}

const MAX_TEXT = 240;

/** An act's own words, short: the file has all of it. */
function detailText({ detail }: PageAct): string {
  if (detail === undefined) return "hidden here: it names others";
  const text = Object.entries(detail)
    .map(
      ([key, value]) =>
        `${key} ${typeof value === "object" ? JSON.stringify(value) : typeof value === "number" ? figure(value) : String(value)}`,
    )
    .join(", ");
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}..` : text;
}
