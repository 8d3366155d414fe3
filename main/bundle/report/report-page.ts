import { figure } from "../../../shared/base/figure.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { measuredText } from "../../../shared/model/people-text.ts";
import type { Policy, Rule } from "../../../shared/model/policy.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { silencesOfLane } from "../../findings/coverage/coverage.ts";
import type { PageInput } from "../contents/page-input.ts";
import { checkScript, checkSection, clockSection } from "./check-section.ts";
import { claimsTable } from "./claims-table.ts";
import { coverageSection } from "./coverage-section.ts";
import { type RuleFacts, ruleFacts } from "./document/rule-facts.ts";
import { putRight } from "./document/summary.ts";
import type { Text } from "./document/tree.ts";
import { plural, someNames } from "./document/words.ts";
import { type Html, html, page, table } from "./html.ts";
import { sourceSection } from "./source-section.ts";

const utc = (time: string): string => time.replace("T", " ").replace("Z", " UTC");

function signatureWords({ key, signer }: PageInput): string {
  if (!key) return "This bundle is unsigned: its digests show accidents and later changes, not who made it.";
  const says = "This bundle is signed; VERIFY.txt says how to check the signature.";
  if (!signer || signer.fingerprint === key.fingerprint) return says;
  return `${says} It is signed with key ${key.fingerprint}, which is not the one that act ${signer.seq} (${signer.act}) of the case's custody names, ${signer.fingerprint}: ask the examiner why.`;
}

/** `data/index.html`: the report, plain, for people with nothing but a browser. */
export function reportPage(input: PageInput): string {
  const { about, findings, sources, policy } = input;
  const facts = new Map(ruleFacts(input).map((each) => [each.found.rule, each]));
  const parts = [
    html`<h1>${about.title}</h1>
<p class="m">${about.developer === undefined ? "Evidence bundle" : `Dossier of the developer ${about.developer} alone: evidence bundle`} ${about.name} (number ${about.number}), made by ${about.made_by} on ${utc(about.at)} with ${about.software}. Examiner: ${about.examiner}.${findings.as_of === undefined ? "" : ` As of ${utc(findings.as_of)}.`} All times are UTC. ${signatureWords(input)}</p>`,
    checkSection(input),
    ...findings.rules.map((rule) =>
      ruleSection(
        rule,
        policy?.rules.find((each) => each.id === rule.rule),
        policy,
        about.apart.find((each) => each.rule === rule.rule),
        facts.get(rule.rule) as RuleFacts,
      ),
    ),
    ...(findings.rules.length === 0
      ? [
          html`<h2>Findings</h2><p>The case has no policy, so nothing is found here; the calls below stand for themselves.</p>`,
        ]
      : []),
    claimsTable(input),
    against(input),
    sourceSection(sources, input.acts),
    coverageSection(findings.coverage, input.lanes, sources),
    clockSection(input),
    html`<h2>What is in this bundle</h2>
<p>${about.events} calls, chosen by these filters; ${about.left_out} calls of the case are left out.</p>
${table(
  ["why", "filter", "#calls"],
  about.selected.map((reason) => [reason.why, html`<code>${reason.filter || "(all)"}</code>`, reason.events]),
)}
<p>The record itself lies in <a href="extract/events.csv">extract/events.csv</a> and <code>extract/events.jsonl</code> (each call), <code>extract/lines/</code> (the original lines, byte for byte), <code>extract/findings.json</code>, <code>claims.json</code>, <code>coverage.json</code>, <code>hours.csv</code>, <code>sources.json</code>, <code>registry.json</code>, <code>policy.json</code> and <code>custody.jsonl</code> (${about.custody.entries} acts, head <code>${about.custody.head}</code>).</p>`,
  ];
  return page(`${about.title}, ${about.name}`, html`${parts}`, checkScript());
}

function ruleSection(
  found: RuleFindings,
  rule: Rule | undefined,
  policy: Policy | undefined,
  apart: { failed: number; unknown: number } | undefined,
  facts: RuleFacts,
): Html {
  const { totals } = found;
  const recentDays = recentDaysOf(policy);
  const cutoff = rule?.effective_from.slice(0, 10) ?? "the cutoff";
  const got = found.developers.filter((row) => row.level === "obtained");
  const byField = (rule?.restricted_fields ?? [...new Set(got.flatMap((row) => row.obtained.fields))].sort())
    .map((field) => [field, got.filter((row) => row.obtained.fields.includes(field)).length] as const)
    .filter(([, count]) => count > 0);
  const requested =
    totals.obtained.fields_are === "requested"
      ? ", as requested"
      : totals.obtained.fields_are === "both"
        ? ", in part as requested"
        : "";
  return html`<h2>${rule?.title ?? found.rule}</h2>
<p class="m">Rule ${found.rule}${policy?.authority === undefined ? "" : `, ${policy.authority}`}, in force from ${cutoff}${rule && rule.grace_days > 0 ? ` and ${rule.grace_days} days of grace` : ""}.</p>
<div class="cards">
<p class="card">Who kept access? <b>${totals.entitled.developers}</b> developers with ${totals.entitled.apps} apps, after ${cutoff}. Exact, from the grants.</p>
<p class="card">Who used it? <b>${totals.obtained.developers}</b> developers got data${requested}, <b>${totals.recent.developers}</b> got or may have got data in the last ${recentDays} days.</p>
<p class="card">What did they get? ${byField.length === 0 ? "No restricted field." : byField.map(([field, count]) => `${field} (${figure(count)} developers)`).join(", ")}</p>
<p class="card">From how many? <b>${measuredText(totals.obtained.people)}</b>; in the last ${recentDays} days ${measuredText(totals.recent.people)}.</p>
<p class="card wide">Put right? ${plainText(putRight(facts))}</p>
</div>
${recentNames(facts)}
${table(
  ["level", "#developers", "#apps", "#calls", "people"],
  [
    ["Kept access", totals.entitled.developers, totals.entitled.apps, "", ""],
    ["Tried, got nothing", totals.attempted.developers, totals.attempted.apps, totals.attempted.events, ""],
    [
      "May have got data",
      totals.possible.developers,
      totals.possible.apps,
      totals.possible.events,
      measuredText(totals.possible.people),
    ],
    [
      "Got data",
      totals.obtained.developers,
      totals.obtained.apps,
      totals.obtained.events,
      measuredText(totals.obtained.people),
    ],
    [
      `Last ${recentDays} days`,
      totals.recent.developers,
      totals.recent.apps,
      totals.recent.events,
      measuredText(totals.recent.people),
    ],
  ],
)}
<p class="m">A developer is counted under every level it has a call or a grant of. Shown apart and counted nowhere: ${apart?.failed ?? 0} failed calls, ${apart?.unknown ?? 0} whose outcome is not known.${found.service_calls === undefined ? "" : ` Left out: ${figure(found.service_calls)} calls that services of the platform made for themselves.`}</p>
<h2>Month by month</h2>
${table(
  ["month", "#tried", "#may have got", "#got", "#developers that got", "people"],
  found.by_month.map((row) => [
    row.month,
    row.attempted.events,
    row.possible.events,
    row.obtained.events,
    row.obtained.developers,
    measuredText(row.obtained.people),
  ]),
)}
<h2>Developers</h2>
${table(
  [
    "developer",
    "level",
    "recent",
    "#got",
    "#may have got",
    "#tried",
    "fields",
    "people",
    "revoked",
    "#after that",
    "finding",
  ],
  found.developers.map((row) => [
    `${row.developer}${row.developer === row.developer_id ? "" : ` (${row.developer_id})`}`,
    row.level,
    row.recent ? "yes" : "",
    row.obtained.events,
    row.possible.events,
    row.attempted.events,
    row.obtained.fields.join(", "),
    row.obtained.events > 0 ? measuredText(row.obtained.people) : "",
    row.revoked_at === undefined ? "" : utc(row.revoked_at),
    row.allowed_after_revocation,
    row.status,
  ]),
)}`;
}

/** What an opposing expert would ask for. */
function against(input: PageInput): Html {
  const { findings, about, sources, lanes } = input;
  const reasonOf = (rule: string, developer: string) =>
    about.decisions.findLast((each) => each.rule === rule && each.developer_id === developer)?.reason ?? "no reason";
  const dismissed = findings.rules.flatMap((rule) =>
    rule.developers
      .filter((row) => row.status === "dismissed" || row.status === "disputed")
      .map((row) => ({ rule: rule.rule, ...row })),
  );
  const gaps = findings.coverage.flatMap((lane) => lane.gaps.map((gap) => ({ ...lane, ...gap })));
  const untold = lanes.reduce((sum, lane) => sum + silencesOfLane(lane).untold.length, 0);
  const counted = sources.filter((source) => source.withdrawn === undefined);
  const rejected = counted.reduce((sum, source) => sum + source.rejected, 0);
  const withdrawn = sources.length - counted.length;
  return html`<h2>What speaks against, and what the logs cannot show</h2>
<ul>
<li>${dismissed.length === 0 ? "No finding was dismissed or disputed." : html`${plural(dismissed.length, "finding")} dismissed or disputed, with the reasons given:<ul>${dismissed.map((row) => html`<li>${row.developer}, ${row.status}: ${reasonOf(row.rule, row.developer_id)}</li>`)}</ul>`}</li>
${withoutDismissed(input)}
<li>${findings.rules.reduce((sum, rule) => sum + rule.totals.attempted.events, 0)} calls asked and got nothing.</li>
<li>${rejected} records could not be read as calls; each source's are listed with their reasons.</li>
<li>${withdrawn === 0 ? "No source is withdrawn." : `${figure(withdrawn)} sources are withdrawn, and not counted; each is listed below with the reason.`}</li>
<li>${about.unfinished.length === 0 ? "No import is unfinished." : `Imports not finished, and not counted: ${about.unfinished.join(", ")}.`}</li>
<li>${gaps.length === 0 ? `${untold === 0 ? "No gaps" : "No gaps where that can be told"}: no run of hours without calls in which 20 or more were to be expected.${untold === 0 ? "" : ` Of ${figure(untold)} more runs of hours without calls it cannot be told: no other week in the logs says what is usual.`}` : `${figure(gaps.length)} gaps in the logs; they are listed below.`}</li>
</ul>`;
}

/** The totals once more, without the developers whose findings are dismissed. */
function withoutDismissed({ findings, about }: PageInput): Html {
  const text = ({ obtained, possible }: RuleFindings["totals"]) =>
    `${plural(obtained.developers, "developer")} got data in ${plural(obtained.events, "call")}, of ${measuredText(obtained.people)}; ${plural(possible.developers, "developer")} may have`;
  return html`${about.without_dismissed.map(({ rule, totals }) => {
    const all = findings.rules.find((each) => each.rule === rule)?.totals;
    return html`<li>Rule ${rule}, with dismissed findings: ${all ? text(all) : ""}. Without them: ${text(totals)}.</li>`;
  })}`;
}

const MAX_NAMES = 40;

/** Those of the last days, by name. */
const recentNames = ({ recent, recentDays }: RuleFacts): Html =>
  recent.length === 0
    ? html``
    : html`<p>Got or may have got data in the last ${recentDays} days: ${someNames(
        recent.map(({ developer }) => developer),
        MAX_NAMES,
      )}.</p>`;

const plainText = (text: Text): string =>
  text.map((part) => (typeof part === "string" ? part : (Object.values(part)[0] as string))).join("");
