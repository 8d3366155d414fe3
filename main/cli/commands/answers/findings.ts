import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import type { DeveloperRemedy, Remedy } from "../../../../shared/model/accountability/remedy.ts";
import { remedySummary } from "../../../../shared/model/accountability/remedy-summary.ts";
import type { Findings, RuleFindings } from "../../../../shared/model/finding.ts";
import type { CoverageLanes } from "../../../../shared/model/lanes.ts";
import { peopleText } from "../../../../shared/model/people-text.ts";
import { askCase } from "../../kit/ask-case.ts";
import type { Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

export const findings: Command = {
  name: "findings",
  summary: "Who kept access, who used it, what they got, from how many people, and when",
  takes: ["CASE"],
  options: {
    rule: { value: "R", meaning: "only this rule" },
    developer: { value: "D", meaning: "only this developer, by id or name" },
  },
  async run(args, out) {
    const [rule, developer] = [args.value("rule"), args.value("developer")];
    return askCase(args.at(0), out, async (ask) => {
      const document = await ask("findings", {
        ...given({ rule, developer }),
      });
      if (out.isJson) out.json(document);
      else {
        const { policy } = await ask("policyInForce", {});
        if (policy && policy.as_of === undefined)
          out.line("The policy names no as_of: it is the time of the last event, which itself does not count.");
        showFindings(document, await ask("apart", {}), out);
        for (const line of remedyLines(document, await ask("remedy", {}))) out.line(line);
        const { not_joined: lost } = await ask("registryInForce", {});
        for (const sentence of lost) out.line(inert(`Not joined: ${sentence}.`));
        for (const line of contradictionLines(await ask("contradictions", {}))) out.line(line);
        for (const line of untoldLines(await ask("coverageLanes", {}))) out.line(line);
      }
      return 0;
    });
  },
};

/** Most names that a line of the terminal has. */
const MAX_NAMES = 12;

/** Is it put right: once steps are recorded. */
export function* remedyLines(document: Findings, { at, rules }: Remedy): Generator<string> {
  for (const found of document.rules) {
    const rule = rules.find((each) => each.rule === found.rule);
    if (!rule?.developers.some(({ entries }) => entries.length > 0)) continue;
    const { held, revoked, holding, calledAfter, certifiedAgainst, overdueSteps } = remedySummary(found, rule, at);
    const shown = (rows: readonly DeveloperRemedy[]) => {
      const names = rows.slice(0, MAX_NAMES).map(({ developer }) => developer);
      return `${names.join(", ")}${rows.length > MAX_NAMES ? ` and ${figure(rows.length - MAX_NAMES)} more` : ""}`;
    };
    const named = (rows: readonly DeveloperRemedy[], words: string) =>
      rows.length === 0 ? "" : ` ${figure(rows.length)} ${words}: ${shown(rows)}.`;
    yield inert(
      `Put right: ${figure(revoked.length)} of ${figure(held.length)} that held it are revoked.` +
        named(holding, "still hold it") +
        named(calledAfter, "called after they were revoked") +
        named(certifiedAgainst, "certified against the log") +
        (overdueSteps > 0 ? ` ${figure(overdueSteps)} ${overdueSteps === 1 ? "step is" : "steps are"} overdue.` : ""),
    );
  }
}

/** What no other week says anything of is no gap, and not none either. */
function* untoldLines({ lanes }: CoverageLanes): Generator<string> {
  const silences = lanes.reduce((sum, { untold = [] }) => sum + untold.length, 0);
  if (silences > 0)
    yield `Of ${figure(silences)} more runs of hours without calls it cannot be told whether calls are missing: no other week in the logs says what is usual.`;
}

/** What in the records makes a number of people doubtful. */
export function* contradictionLines({ contradictions }: { contradictions: readonly string[] }): Generator<string> {
  for (const contradiction of contradictions) yield inert(`Contradiction: ${contradiction}.`);
}

export function showFindings(
  document: Findings,
  apart: readonly { rule: string; failed: number; unknown: number }[],
  out: Output,
  most = Number.POSITIVE_INFINITY,
): void {
  if (document.rules.length === 0) out.line("No findings: the case has no policy.");
  for (const rule of document.rules) {
    showRule(rule, document.as_of, out, most);
    const aside = apart.find((each) => each.rule === rule.rule);
    if (aside)
      out.line(
        `Shown apart, counted nowhere: ${figure(aside.failed)} failed calls, ${figure(aside.unknown)} of unknown outcome.`,
      );
    if (rule.service_calls !== undefined)
      out.line(`Left out: ${figure(rule.service_calls)} calls that services of the platform made for themselves.`);
  }
  const gaps = document.coverage.flatMap((lane) => lane.gaps);
  out.line(`Coverage: ${figure(document.coverage.length)} sources and APIs, ${figure(gaps.length)} gaps.`);
}

function showRule(rule: RuleFindings, asOf: string | undefined, out: Output, most: number): void {
  const { totals } = rule;
  out.line(`Rule ${rule.rule}, as of ${asOf ?? "the last event"}`);
  out.table(
    ["level", "developers", "apps", "events", "people"],
    [
      ["Kept access", figure(totals.entitled.developers), figure(totals.entitled.apps), "", ""],
      [
        "Tried, got nothing",
        figure(totals.attempted.developers),
        figure(totals.attempted.apps),
        figure(totals.attempted.events),
        "",
      ],
      [
        "May have got data",
        figure(totals.possible.developers),
        figure(totals.possible.apps),
        figure(totals.possible.events),
        peopleText(totals.possible.people),
      ],
      [
        "Got data",
        figure(totals.obtained.developers),
        figure(totals.obtained.apps),
        figure(totals.obtained.events),
        peopleText(totals.obtained.people),
      ],
      [
        "Recent",
        figure(totals.recent.developers),
        figure(totals.recent.apps),
        figure(totals.recent.events),
        peopleText(totals.recent.people),
      ],
    ],
  );
  out.line();
  out.table(
    ["month", "tried", "may have got", "got", "developers that got", "people"],
    rule.by_month.map((row) => [
      row.month,
      figure(row.attempted.events),
      figure(row.possible.events),
      figure(row.obtained.events),
      figure(row.obtained.developers),
      peopleText(row.obtained.people),
    ]),
  );
  out.line();
  out.table(
    ["developer", "level", "recent", "got", "may have", "tried", "after revoked", "fields", "people", "finding"],
    rule.developers
      .slice(0, most)
      .map((row) => [
        row.developer,
        row.level,
        row.recent ? "yes" : "",
        figure(row.obtained.events),
        figure(row.possible.events),
        figure(row.attempted.events),
        figure(row.allowed_after_revocation),
        row.obtained.fields.join(" "),
        row.obtained.events > 0 ? peopleText(row.obtained.people) : "",
        row.status,
      ]),
  );
  if (rule.developers.length > most)
    out.line(`and ${figure(rule.developers.length - most)} more; \`exhibit findings\` lists all`);
  out.line();
}
