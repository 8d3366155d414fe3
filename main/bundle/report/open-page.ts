import type { BundleRecord } from "../contents/bundle-record.ts";
import { html, page } from "./screens/html.ts";

/** OPEN.html: the way in. */
export function openPage(about: BundleRecord, signed: boolean): string {
  return page(
    `${about.title}, ${about.name}`,
    html`<h1>${about.title}</h1>
<p class="m">Evidence bundle ${about.name}, made by ${about.made_by} on ${about.at}</p>
<p class="card"><a href="data/index.html">Open the report</a></p>
<ul>
<li><a href="data/report.pdf">The report as PDF</a>, and <a href="data/report.docx">for a word processor</a>; drafts for counsel lie in data/legal</li>
<li><a href="data/extract/tables.xlsx">Developers, totals and calls as a workbook</a></li>
<li><a href="data/extract/events.csv">Every call of the bundle, for a spreadsheet</a></li>
<li><a href="data/METHOD.txt">How every number is worked out</a>, by hand or by SQL</li>
<li><a href="VERIFY.txt">How to check that nothing was changed</a>, with tools that are on your machine. ${signed ? "The bundle is signed." : "The bundle is not signed: its digests show accidents and later changes, not who made it."}</li>
</ul>
<p class="m">Not checked yet: the report takes the zip or this folder and checks every file. A page cannot vouch for itself: see VERIFY.txt.</p>`,
  );
}
