import type { PageInput } from "../../contents/page-input.ts";
import { plural, utc } from "../document/words.ts";
import { type Html, html } from "./html.ts";

/** What the page knows of itself: nothing, until the zip or the folder is given to it. */
export const checkSection = ({ about }: PageInput): Html => html`<section class="check" aria-label="Is it unchanged?">
<p><span id="check" data-bundle="${about.name}" role="status">Not checked yet.</span> <span class="check-only" hidden>Give this page the zip or its folder.</span> A page cannot vouch for itself: see VERIFY.txt.</p>
<ul id="check-faults"></ul>
<p class="give check-only screen-only" hidden><label>Choose the zip<input type="file" id="check-zip" accept=".zip"></label><label>Choose the folder<input type="file" id="check-folder" webkitdirectory></label></p>
</section>
`;

/** Times, and whose clock each is. */
export function clockSection({ about, acts }: PageInput): Html {
  const own = acts.at(-1);
  const last = acts.at(-2);
  const clock = own?.detail?.clock;
  return html`<h3>Whose clocks these are</h3>
<ul>
<li>This bundle is dated ${utc(about.at)}${typeof clock === "string" ? html` because the act before it is; the clock of the computer of ${about.made_by} said ${utc(clock)}` : html`, by the clock of the computer of ${about.made_by}, or as ${about.made_by} chose with --at, not before the last act`}.</li>
<li>${last ? html`The last act of the case before it, ${last.act}, is dated ${utc(last.at)}, by the clock of the computer of ${last.by ?? "whoever made it (hidden here)"}.` : "There is no act before it."}</li>
<li>The times of calls are those of the logs, by the clocks of the machines that wrote them.</li>
</ul>
<p>Custody is a chain of ${plural(about.custody.entries, "act")}, each with the digest of the one before (head <code>${about.custody.head}</code>). A chain proves accidents and later edits, not intent: its owner can write it anew. What ties it to a time is a time stamp, a second signature, or a checkpoint that was handed over.</p>`;
}
