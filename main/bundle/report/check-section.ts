import fs from "node:fs";
import type { PageInput } from "../contents/page-input.ts";
import { plural, utc } from "./document/words.ts";
import { type Html, html } from "./html.ts";

const SCRIPT = new URL("../../../resources/viewer/check.js", import.meta.url);

let script: string | undefined;

/** What checks the bundle in the page itself. It may not end the element that it stands in. */
export function checkScript(): string {
  script ??= fs.readFileSync(SCRIPT, "utf8");
  if (/<\/script|<!--/iu.test(script)) throw new Error("the script would end itself");
  return script;
}

/** What the page knows of itself: nothing, until the zip or the folder is given to it. */
export const checkSection = ({ about }: PageInput): Html => html`<div class="check">
<p><span id="check" data-bundle="${about.name}" role="status">Not checked yet.</span> A page cannot vouch for itself: whoever changes it can change what it says of itself. VERIFY.txt says how to check all this with the tools of your own computer.</p>
<ul id="check-faults"></ul>
<p class="screen check-only" hidden><label>The zip: <input type="file" id="check-zip" accept=".zip"></label><label>or its folder: <input type="file" id="check-folder" webkitdirectory></label> (or drop either here; every file is read, nothing leaves this computer)</p>
</div>`;

/** Times, and whose clock each is. */
export function clockSection({ about, acts }: PageInput): Html {
  const own = acts.at(-1);
  const last = acts.at(-2);
  const clock = own?.detail?.clock;
  return html`<h2>Whose clocks these are</h2>
<ul>
<li>This bundle is dated ${utc(about.at)}${typeof clock === "string" ? html` because the act before it is; the clock of the computer of ${about.made_by} said ${utc(clock)}` : html`, by the clock of the computer of ${about.made_by}, or as ${about.made_by} chose with --at, not before the last act`}.</li>
<li>${last ? html`The last act of the case before it, ${last.act}, is dated ${utc(last.at)}, by the clock of the computer of ${last.by ?? "whoever made it (hidden here)"}.` : "There is no act before it."}</li>
<li>The times of calls are those of the logs, by the clocks of the machines that wrote them.</li>
</ul>
<p>Custody is a chain of ${plural(about.custody.entries, "act")}, each with the digest of the one before (head <code>${about.custody.head}</code>). A chain proves accidents and later edits, not intent: its owner can write it anew. What ties it to a time is a time stamp, a second signature, or a checkpoint that was handed over.</p>`;
}
