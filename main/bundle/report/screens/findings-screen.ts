import { figure } from "../../../../shared/base/figure.ts";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";
import { measuredText, peopleText } from "../../../../shared/model/people-text.ts";
import { LEVEL_WORDS } from "../../../../shared/viewer/level-words.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { RuleFacts } from "../document/rule-facts.ts";
import { plural, utc } from "../document/words.ts";
import { type Html, html, table } from "./html.ts";
import { callsLink, developerFilter, findingLink, levelFilter } from "./links.ts";

/** Every finding with its decision and reason, dismissed ones apart, and the totals with and without them. */
export function findingsScreen(input: PageInput, rules: readonly RuleFacts[]): Html {
  if (rules.length === 0) return html`<p>The case has no policy, so nothing is found here.</p>`;
  return html`${rules.map((facts) => findingsOf(input, facts))}`;
}

function findingsOf(input: PageInput, facts: RuleFacts): Html {
  const { found, title } = facts;
  const isDismissed = ({ status }: DeveloperFinding) => status === "dismissed";
  const dismissed = found.developers.filter(isDismissed);
  return html`<h3>${title}</h3>
${totals(input, facts)}
${rows(
  input,
  found.rule,
  found.developers.filter((row) => !isDismissed(row)),
)}
${
  dismissed.length === 0
    ? html`<p>No finding was dismissed.</p>`
    : html`<h3>Dismissed</h3><p>They are in the numbers above; without them:</p>${without(input, facts)}${rows(input, found.rule, dismissed)}`
}
<h3>Month by month</h3>
${table(
  ["month", "#tried", "#may have got", "#got", "#developers that got", "people"],
  found.by_month.map((row) => [
    row.month,
    callsLink(row.attempted.events, levelFilter(input, found.rule, "attempted", `time:${row.month}`)),
    callsLink(row.possible.events, levelFilter(input, found.rule, "possible", `time:${row.month}`)),
    callsLink(row.obtained.events, levelFilter(input, found.rule, "obtained", `time:${row.month}`)),
    row.obtained.developers,
    measuredText(row.obtained.people),
  ]),
)}`;
}

function totals(input: PageInput, { found, recentDays, failed, unknown }: RuleFacts): Html {
  const { totals: of } = found;
  const counted = (level: "attempted" | "possible" | "obtained") => [
    LEVEL_WORDS[level],
    of[level].developers,
    of[level].apps,
    callsLink(of[level].events, levelFilter(input, found.rule, level)),
    level === "attempted" ? "" : measuredText(of[level].people),
  ];
  return html`${table(
    ["level", "#developers", "#apps", "#calls", "people"],
    [
      [LEVEL_WORDS.entitled, of.entitled.developers, of.entitled.apps, "", ""],
      counted("attempted"),
      counted("possible"),
      counted("obtained"),
      [
        `Got or may have got data in the last ${recentDays} days`,
        of.recent.developers,
        of.recent.apps,
        callsLink(
          of.recent.events,
          `${input.findings.rules.length > 1 ? `finding:${found.rule} ` : ""}level:possible+ time:last${recentDays}d`,
        ),
        measuredText(of.recent.people),
      ],
    ],
  )}
<p class="m">A developer is counted under every level it has a call or a grant of. Shown apart and counted nowhere: ${plural(failed, "failed call")}, ${figure(unknown)} whose outcome is not known.${found.service_calls === undefined ? "" : ` Left out: ${figure(found.service_calls)} calls that services of the platform made for themselves.`}</p>`;
}

/** The totals once more, without the developers whose findings are dismissed. */
function without({ about }: PageInput, { found }: RuleFacts): Html {
  const other = about.without_dismissed.find(({ rule }) => rule === found.rule)?.totals;
  if (!other) return html``;
  return html`<p>${plural(other.obtained.developers, "developer")} got data in ${plural(other.obtained.events, "call")}, of ${measuredText(other.obtained.people)}; ${plural(other.possible.developers, "developer")} may have.</p>`;
}

function rows({ about }: PageInput, rule: string, found: readonly DeveloperFinding[]): Html {
  if (found.length === 0) return html`<p>None.</p>`;
  const reason = (id: string) =>
    about.decisions.findLast((each) => each.rule === rule && each.developer_id === id)?.reason;
  return table(
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
    found.map((row) => [
      html`${findingLink(rule, row)}${row.developer === row.developer_id ? "" : html` <span class="m">${row.developer_id}</span>`}`,
      LEVEL_WORDS[row.level],
      row.recent ? "yes" : "",
      callsLink(row.obtained.events, developerFilter(rule, row.developer_id, "obtained")),
      callsLink(row.possible.events, developerFilter(rule, row.developer_id, "possible")),
      callsLink(row.attempted.events, developerFilter(rule, row.developer_id, "attempted")),
      row.obtained.fields.join(", "),
      row.obtained.events > 0 ? peopleText(row.obtained.people) : "",
      row.revoked_at === undefined ? "" : utc(row.revoked_at),
      row.allowed_after_revocation,
      html`${row.status}${reason(row.developer_id) === undefined ? "" : `: ${reason(row.developer_id)}`}`,
    ]),
  );
}
