import { figure } from "../../../../shared/base/figure.ts";
import type { Against, DeveloperRemedy, RemedyEntry } from "../../../../shared/model/accountability/remedy.ts";
import { remedySummary } from "../../../../shared/model/accountability/remedy-summary.ts";
import { againstText } from "../../../../shared/model/accountability/remedy-text.ts";
import { callsPlace } from "../../../../shared/viewer/places.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { utc } from "../document/words.ts";
import { type Html, html, table } from "./html.ts";
import { findingLink, findingLinks } from "./links.ts";

/** How far each developer is, step by step, and what speaks against a step. */
export function remedyScreen({ findings, remedy }: PageInput): Html {
  if (!remedy || remedy.rules.every(({ developers }) => developers.length === 0))
    return html`<p>This bundle holds no remedy: no step is recorded and nobody held what a rule asks for.</p>`;
  return html`${remedy.rules.map((rule) => {
    const found = findings.rules.find((each) => each.rule === rule.rule);
    const sum = found && remedySummary(found, rule, remedy.at);
    const names = (rows: readonly DeveloperRemedy[]) => findingLinks(rule.rule, rows);
    return html`<h3>Rule ${rule.rule}, as of ${utc(remedy.at)}</h3>
${
  sum
    ? html`<ul>
<li>By the steps recorded, access was taken from ${figure(sum.revoked.length)} of ${figure(sum.held.length)} developers that held it.</li>
<li>Still holding it: ${sum.holding.length === 0 ? "none." : names(sum.holding)}</li>
<li>Called after it was taken away: ${sum.calledAfter.length === 0 ? "none." : names(sum.calledAfter)}</li>
<li>Certified deletion, against the log: ${sum.certifiedAgainst.length === 0 ? "none." : names(sum.certifiedAgainst)}</li>
<li>Overdue: ${sum.overdue.length === 0 ? "none." : html`${names(sum.overdue)} (${figure(sum.overdueSteps)} steps)`}</li>
</ul>`
    : html``
}
${table(
  ["developer", "furthest step", "next", "overdue", "steps, and what speaks against them"],
  rule.developers.map((row) => [
    findingLink(rule.rule, row),
    row.state ?? "none yet",
    row.next ?? "",
    row.overdue.join(", "),
    html`${row.entries.map(entryLine)}`,
  ]),
)}`;
  })}`;
}

const entryLine = ({ step, on, due, by, note, taken_back: back, against }: RemedyEntry): Html =>
  html`<div>${step}${on === undefined ? "" : ` on ${utc(on)}`}${due === undefined ? "" : `, due ${utc(due)}`}${by === undefined ? "" : `, by ${by}`}${note === undefined ? "" : `: ${note}`}${back === undefined ? "" : ` (taken back: ${back})`}${against.map((each) => html`; <span class="bad-words">${againstPart(each)}</span>`)}</div>`;

const againstPart = (against: Against): Html =>
  "filter" in against
    ? html`<a href="${callsPlace(against.filter)}">${againstText(against)}</a>`
    : html`${againstText(against)}`;
