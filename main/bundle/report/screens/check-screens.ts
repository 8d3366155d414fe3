import { callsPlace } from "../../../../shared/viewer/places.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { plural } from "../document/words.ts";
import { aboutText } from "./answer-screen.ts";
import { type Html, html, table } from "./html.ts";

/** What this page can check, what it cannot, and what the program can. */
export const checkedScreen = (): Html => html`<p>A page cannot vouch for itself: see VERIFY.txt.</p>
<div id="checked-here"><p>Nothing is checked yet: give the zip or its folder to the strip above.</p></div>
<h3>Worked out here, from what is given to it</h3>
<ul>
<li>Every file of <code>manifest-sha256.txt</code> and <code>tagmanifest-sha256.txt</code> is there and has its SHA-256.</li>
<li>There is no file that no list names.</li>
<li>The bundle is the one that this page is of.</li>
<li>The signature is valid, where the browser knows Ed25519; whose key it is, is for you to compare.</li>
</ul>
<h3>Not checked by a page</h3>
<ul>
<li>That the numbers follow from the lines: <code>exhibit verify BUNDLE.zip --recompute</code> reads every line again and works out each number, those of this page and its data too.</li>
<li>That custody, sources, selection and dates agree: <code>exhibit verify BUNDLE.zip</code>.</li>
<li>That the originals were what the logs' owner gave: compare their SHA-256, under <a href="#sources">Sources</a>, with those of the owner.</li>
</ul>`;

const POWERSHELL = `Get-Content manifest-sha256.txt, tagmanifest-sha256.txt | ForEach-Object { $digest, $file = $_ -split '  ', 2; if ((Get-FileHash -Algorithm SHA256 -LiteralPath $file).Hash -ne $digest) { "CHANGED: $file" } }`;

/** One command for each system, to be run where the bundle lies. */
export const howScreen = ({
  about,
  key,
}: PageInput): Html => html`<p>VERIFY.txt beside this page's folder has the whole way, from a medium that cannot be written to as well. In short, in the folder ${about.name}:</p>
${command("Linux", "sha256sum --check --quiet manifest-sha256.txt && sha256sum --check --quiet tagmanifest-sha256.txt")}
${command("macOS", "shasum -a 256 --check --quiet manifest-sha256.txt && shasum -a 256 --check --quiet tagmanifest-sha256.txt")}
${command("Windows, PowerShell", POWERSHELL)}
<p>Nothing is printed where all is as it was. ${key ? `The signature is by the key ${key.fingerprint}: VERIFY.txt says how to check it with ssh-keygen.` : "The bundle is unsigned: compare the SHA-256 of tagmanifest-sha256.txt with the one that you were told."}</p>
<p>With the program that made it: <code>exhibit verify ${about.name}.zip --recompute</code>.</p>`;

const command = (system: string, text: string): Html =>
  html`<h3>${system}</h3><p class="command"><code>${text}</code> <button type="button" class="copy with-script" hidden>Copy</button></p>`;

/** What was chosen, by which filters, and where the record lies. */
export const contentsScreen = (input: PageInput): Html => {
  const { about } = input;
  return html`<p>${aboutText(input)}</p>
<p>${plural(about.events, "call")}, chosen by these filters; ${plural(about.left_out, "call")} of the case are left out.</p>
${table(
  ["why", "filter", "#calls"],
  about.selected.map((reason) => [
    reason.why,
    html`<a href="${callsPlace(reason.filter)}"><code>${reason.filter || "(all)"}</code></a>`,
    reason.events,
  ]),
)}
<p>The record itself lies in <a href="extract/events.csv">extract/events.csv</a> and <code>extract/events.jsonl</code> (each call), <code>extract/lines/</code> (the original lines, byte for byte), <code>extract/findings.json</code>, <code>claims.json</code>, <code>remedy.json</code>, <code>clocks.json</code>, <code>sensitivity.json</code>, <code>coverage.json</code>, <code>hours.csv</code>, <code>sources.json</code>, <code>registry.json</code>, <code>policy.json</code> and <code>custody.jsonl</code>. <a href="report.pdf">report.pdf</a> is the report on paper, <a href="METHOD.txt">METHOD.txt</a> says how every number is worked out.</p>`;
};
