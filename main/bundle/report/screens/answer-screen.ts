import { figure } from "../../../../shared/base/figure.ts";
import type { DeveloperFinding, People } from "../../../../shared/model/finding.ts";
import { peopleText } from "../../../../shared/model/people-text.ts";
import { callsPlace } from "../../../../shared/viewer/places.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { putRightOf } from "../document/put-right.ts";
import type { RuleFacts } from "../document/rule-facts.ts";
import { statesText } from "../document/states-text.ts";
import { day, plural, utc } from "../document/words.ts";
import { againstInBrief } from "./against-screen.ts";
import { type Html, html } from "./html.ts";
import { callsLink, developerFilter, findingLink, findingLinks, levelFilter } from "./links.ts";
import { monthBars } from "./month-bars.ts";

/** Names that the first screen has; the findings have all. */
const MOST_NAMES = 40;

/** The five answers, who used it of late by name, and what speaks against it: the first screen. */
export function answerScreen(input: PageInput, rules: readonly RuleFacts[]): Html {
  if (rules.length === 0)
    return html`<p>The case has no policy, so nothing is judged here; the <a href="#calls">calls</a> stand for themselves.</p>${againstInBrief(input)}`;
  return html`${rules.map((facts, at) => answerOf(input, facts, at))}`;
}

function answerOf(input: PageInput, facts: RuleFacts, at: number): Html {
  const { found, rule, policy, title } = facts;
  const grace = rule && rule.grace_days > 0 ? ` and ${plural(rule.grace_days, "day")} of grace` : "";
  return html`<h2 class="rule">${title} <span class="m">Rule ${found.rule}${policy?.authority === undefined ? "" : `, ${policy.authority}`}, in force from ${day(facts.cutoff)}${grace}</span></h2>
<div class="two">
<ol class="answers">${cards(input, facts)}</ol>
${recentPanel(input, facts)}
<section class="panel" aria-label="By month"><h3>Developers that got data, by month</h3>${monthBars(found.by_month, at)}</section>
${at === 0 ? againstInBrief(input) : html``}
</div>`;
}

const card = (number: number, question: string, top: Html, words: Html, more: Html): Html => html`<li class="card">
<div class="figure">${top}</div>
<div><h3>${number} ${question}</h3><p>${words}</p><p class="m">${more}</p></div>
</li>
`;

/** More letters than a figure's own column has room for at its size. */
const MAX_BIG = 7;

const big = (text: string, under = "", over = "", place = ""): Html => {
  const figure = text.length > MAX_BIG || !/\d/u.test(text) ? html`<b class="words">${text}</b>` : html`<b>${text}</b>`;
  return html`${over === "" ? html`` : html`<span>${over}</span>`}${place === "" ? figure : html`<a href="${place}">${figure}</a>`}<span>${under}</span>`;
};

/** From the first call that got data to the last one, each day a way to the calls from that end. */
function gotBetween({ found }: RuleFacts, filter: string): Html {
  const got = found.developers.flatMap(({ obtained: { first, last } }) =>
    first === undefined || last === undefined ? [] : [{ first, last }],
  );
  const first = got.map((each) => each.first).sort()[0];
  const last = got
    .map((each) => each.last)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return html``;
  return html` from <a class="t" href="${callsPlace(filter)}">${day(first)}</a> to <a class="t" href="${callsPlace(filter, "-event")}">${day(last)}</a>`;
}

/** The people of the calls beside them. */
const WITH_PEOPLE = "event,time,developer,operation,fields,subjects,subject_count";

function cards(input: PageInput, facts: RuleFacts): Html {
  const { found, rule, recentDays, held, holding, revoked, passedOn, fields } = facts;
  const right = putRightOf(input, facts);
  const { totals } = found;
  const developers = (count: number) => (count === 1 ? "developer" : "developers");
  const requested =
    totals.obtained.fields_are === "requested"
      ? "As requested: the logs do not say what came back. "
      : totals.obtained.fields_are === "both"
        ? "In part as requested: some logs do not say what came back. "
        : "As returned. ";
  const obtained = levelFilter(input, found.rule, "obtained");
  const may = found.developers.filter(({ level }) => level === "possible").length;
  const whom = html`<a href="${callsPlace(obtained, "", "", WITH_PEOPLE)}">Show whom</a>, <a href="#sensitivity">what would move it</a>.`;
  const inexact = found.developers.filter(({ obtained: of }) => of.events > 0 && of.people.basis !== "exact").length;
  return html`${card(
    1,
    "Who kept access?",
    big(figure(totals.entitled.developers), developers(totals.entitled.developers), "", "#findings"),
    rule !== undefined && rule.permission === undefined
      ? html`The rule asks for no permission, so nobody is entitled under it.`
      : html`held ${rule?.permission ?? "access"} after <span class="t">${day(facts.cutoff)}</span>, with ${plural(totals.entitled.apps, "app")}.`,
    held.length === 0
      ? html`By the registry's grants, nobody did.`
      : html`Exact, from the registry's grants. ${figure(revoked.length)} revoked since, ${figure(holding.length)} still ${holding.length === 1 ? "holds" : "hold"} it${passedOn.length === 0 ? "" : `, ${figure(passedOn.length)} passed it on with the app`}. <a href="#findings">Show the ${figure(held.length)}</a>`,
  )}${card(
    2,
    "Who used it?",
    big(figure(totals.obtained.developers), developers(totals.obtained.developers), "", "#findings"),
    html`got data${gotBetween(facts, obtained)}, ${figure(totals.recent.developers)} got or may have got data in the last ${recentDays} days.`,
    html`<a href="#findings">${figure(may)}</a> more may have got data. Show the ${callsLink(totals.obtained.events, obtained)} calls that got, the ${callsLink(totals.possible.events, levelFilter(input, found.rule, "possible"))} that may have, the ${callsLink(totals.attempted.events, levelFilter(input, found.rule, "attempted"))} that got nothing.`,
  )}${card(
    3,
    "What did they get?",
    fields.length === 0
      ? big("nothing", "restricted")
      : html`<b class="words">${fields.slice(0, 3).map(([field], at) => html`${at === 0 ? "" : html`<br>`}${field}`)}</b>`,
    fields.length === 0
      ? html`No restricted field is seen in a call that got data.`
      : html`${fields.map(([field, count], at) => html`${at === 0 ? "" : ", "}<a href="${callsPlace(`${obtained} fields:"${field.replace(/["\\]/gu, "\\$&")}"`)}">${field}</a> (${plural(count, "developer")})`)}.`,
    html`${requested}Each leads to its calls.`,
  )}${card(
    4,
    "From how many?",
    peopleFigure(totals.obtained.people),
    html`had data returned; in the last ${recentDays} days ${peopleText(totals.recent.people)}.`,
    inexact === 0
      ? html`Exact: every call that counts lists whom it returned. ${whom}`
      : html`Not exact: the logs of ${plural(inexact, "developer")} hold no ids, or not all, for <a href="${callsPlace(`${obtained} -subjects:*`)}">some calls</a>; METHOD.txt has the arithmetic. ${whom}`,
  )}${card(
    5,
    "Is it put right?",
    held.length === 0
      ? big("nothing", "to revoke")
      : big(figure(right.revoked.length), `of ${figure(right.held.length)} revoked`, "", "#remedy"),
    held.length === 0
      ? html`Nobody held the permission by the registry.`
      : html`By ${right.by}, ${figure(right.revoked.length)} of ${plural(right.held.length, "developer")} that held access lost it; ${right.holding.length === 0 ? "none still holds it" : `${figure(right.holding.length)} still ${right.holding.length === 1 ? "holds" : "hold"} it`}${right.withoutStep.length === 0 ? "" : `; ${figure(right.withoutStep.length)} lost it by the registry, without a step`}${right.passedOn.length === 0 ? "" : `, ${figure(right.passedOn.length)} passed it on with the app`}.`,
    html`${right.after.length === 0 ? "No call succeeded after a revocation." : html`<strong class="bad-words">${figure(right.after.length)} called after it.</strong>`}${right.certifiedAgainst.length === 0 ? "" : html` <strong class="bad-words">${figure(right.certifiedAgainst.length)} certified against the log.</strong>`} <a href="#remedy">Show the remedy</a>`,
  )}`;
}

/** How many, with its basis above it: never a bound as if it were the number. */
function peopleFigure(people: People): Html {
  if (people.basis === "not-logged") return big("not logged", "people");
  if (people.basis === "between")
    return big(`${figure(people.value)} to ${figure(people.at_most)}`, "people", "between");
  const over = people.basis === "exact" ? "" : people.basis === "at-least" ? "at least" : "at most";
  return big(figure(people.value), people.basis === "exact" ? "people, exact" : "people", over);
}

function recentPanel(input: PageInput, facts: RuleFacts): Html {
  const { found, recent, recentDays } = facts;
  const { holding, after } = putRightOf(input, facts);
  const shown = recent.slice(0, MOST_NAMES);
  const latest = ({ obtained, possible }: DeveloperFinding) =>
    [obtained.last ?? "", possible.last ?? ""].sort().at(-1) ?? "";
  return html`<section class="panel recent" aria-label="Of the last ${recentDays} days">
<h3>The ${figure(recent.length)} that got or may have got data in the last ${recentDays} days <a class="m" href="${callsPlace(`${input.findings.rules.length > 1 ? `finding:${found.rule} ` : ""}level:possible+ time:last${recentDays}d`)}">their ${figure(found.totals.recent.events)} calls</a></h3>
${
  shown.length === 0
    ? html`<p>None.</p>`
    : html`<table><thead><tr><th scope="col">Developer</th><th scope="col">Fields</th><th scope="col">Last call</th><th scope="col" class="n">Calls</th><th scope="col" class="n">People</th></tr></thead><tbody>${shown.map(
        (row) =>
          html`<tr><td>${findingLink(found.rule, row)}</td><td>${row.obtained.events > 0 ? row.obtained.fields.join(", ") : "may have"}</td><td class="mono">${day(latest(row))}</td><td class="n">${row.obtained.events > 0 ? callsLink(row.obtained.events, developerFilter(found.rule, row.developer_id, "obtained")) : callsLink(row.possible.events, developerFilter(found.rule, row.developer_id, "possible"))}</td><td class="n">${peopleText(row.obtained.events > 0 ? row.obtained.people : row.possible.people)}</td></tr>\n`,
      )}</tbody></table>
<p class="m">Fields, calls and people: in all since ${day(facts.cutoff)}.</p>`
}
${recent.length > shown.length ? html`<p>and ${figure(recent.length - shown.length)} more: <a href="#findings">all findings</a></p>` : html``}
<p><strong>${figure(holding.length)} still ${holding.length === 1 ? "holds" : "hold"} the permission${holding.length === 0 ? "." : ":"}</strong> ${findingLinks(found.rule, holding.slice(0, MOST_NAMES))}${holding.length > MOST_NAMES ? ` and ${figure(holding.length - MOST_NAMES)} more` : ""}</p>
<p><strong${after.length > 0 ? html` class="bad-words"` : html``}>${figure(after.length)} called after they were revoked${after.length === 0 ? "." : ":"}</strong> ${findingLinks(found.rule, after.slice(0, MOST_NAMES))}${after.length > MOST_NAMES ? ` and ${figure(after.length - MOST_NAMES)} more` : ""}</p>
</section>`;
}

/** The first line: what this is, of when, and by whom. */
export function aboutLine({ about, findings, key }: PageInput): Html {
  const dossier =
    about.developer === undefined ? "Evidence bundle" : `Dossier of the developer ${about.developer} alone: bundle`;
  const states = statesText(about, findings);
  return html`${dossier} ${String(about.number)}${findings.as_of === undefined ? "" : `, as of ${day(findings.as_of)}`}. Made by ${about.made_by}, <span class="t">${utc(`${about.at.slice(0, 19).replace("Z", "")}Z`)}</span>, ${key ? "signed" : "unsigned"}.${states === undefined ? "" : ` Its calls: ${states}`}`;
}

/** When the bundle was made, by whom, and by whose key, in full. */
export function aboutText({ about, findings, key, signer }: PageInput): Html {
  const dossier =
    about.developer === undefined
      ? "Evidence bundle"
      : `Dossier of the developer ${about.developer} alone: evidence bundle`;
  const signature = key
    ? signer && signer.fingerprint !== key.fingerprint
      ? `Signed with key ${key.fingerprint}, which is not the one that act ${signer.seq} (${signer.act}) of the case's custody names, ${signer.fingerprint}: ask the examiner why.`
      : `Signed by the key ${key.fingerprint}; VERIFY.txt says how to check it.`
    : "Unsigned: its digests show accidents and later changes, not who made it.";
  return html`${dossier} ${about.name} (number ${String(about.number)}), made by ${about.made_by} on ${utc(about.at)} with ${about.software}. Examiner: ${about.examiner}.${findings.as_of === undefined ? "" : ` As of ${utc(findings.as_of)}.`} All times are UTC. ${signature}`;
}
