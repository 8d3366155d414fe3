import { figure } from "../../../shared/base/figure.ts";
import { instantOf, isoOf } from "../../../shared/base/time.ts";
import type { Policy, Rule } from "../../../shared/model/policy.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import type { JoinedDeveloper } from "../../../shared/model/registry.ts";
import { groupsOf } from "../../findings/rules/operation-sets.ts";
import { cutoffOf } from "../../findings/rules/policy.ts";
import type { BundleDocument } from "../contents/bundle-record.ts";
import type { Contradiction } from "../contents/contradictions.ts";
import { METHOD_CLOCKS } from "./method-clocks.ts";
import { METHOD_DEFINITIONS } from "./method-definitions.ts";
import { METHOD_REMEDY } from "./method-remedy.ts";
import { METHOD_QUESTIONS, methodTables, type RuleSpan } from "./method-sql.ts";

/** METHOD.txt: how to work out every number of the bundle by hand, by a program of one's own, or by SQL. */
export function methodText(
  about: BundleDocument,
  policy: Policy | undefined,
  joined: readonly JoinedDeveloper[] = [],
): string {
  const spans: RuleSpan[] = (policy?.rules ?? []).map((rule) => ({
    rule,
    cutoff: cutoffOf(rule),
    asOf: about.as_of === undefined ? undefined : instantOf(about.as_of),
    recentDays: recentDaysOf(policy),
  }));
  return `HOW THE NUMBERS OF THIS BUNDLE ARE WORKED OUT: ${about.name}

${METHOD_DEFINITIONS.trim().replace(BEHIND_OWNERS, (rest) => joinedText(joined) + rest)}


16. THE RULES OF THIS BUNDLE

${spans.length === 0 ? "The case has no policy, so there is no rule and no finding." : spans.map(ruleText).join("\n\n")}


17. RECORDS OF THIS BUNDLE THAT CONTRADICT THEMSELVES

Nothing is repaired: sections 6 and 9 say what stands. Named are counted
calls, by their number (event in events.csv, the line of events.jsonl),
source and line.

${about.contradictions.length === 0 ? "There is none." : about.contradictions.map(contradictionText).join("\n\n")}


18. THE SAME IN SQL

For the shell sqlite3, version 3.38 or later, started without a file in
the folder that holds METHOD.txt. Nothing is written to that folder. The
lines below make tables of events.csv, registry.json and bundle.json;
after them, each number of the Answer is one question.

Ids that hold a semicolon, and letters beyond A to Z in names that differ
in case alone, are beyond these lines: sections 1 to 15 hold for them.
Gaps are beyond them too: section 12 is a small program.

${indented(methodTables(spans, joined.length > 0))}

${METHOD_QUESTIONS.map(({ name, sql }) => `${name}:\n\n${indented(sql)}`).join("\n\n")}


19. STEPS BY WHICH IT IS PUT RIGHT

${METHOD_REMEDY.trim()}


${METHOD_CLOCKS.trim()}
`;
}

/** What stands behind the ways in which a call's developer is known. */
const BEHIND_OWNERS = "events.csv has the outcome in developer_id.";

/** Of a bundle whose registry joins nobody there is nothing to say. */
function joinedText(joined: readonly JoinedDeveloper[]): string {
  if (joined.length === 0) return "";
  return `Developers that the examiner joined count as one: whom a, b or c give
and whom registry.json's joined names as developer_id, the call counts
for its into. So do grants, and steps of remedy. custody.jsonl has the
reasons (acts registry with "joined").

${joined.map(({ developer_id, into }) => `  ${JSON.stringify(developer_id)} counts for ${JSON.stringify(into)}`).join("\n")}

`;
}

const indented = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");

function ruleText({ rule, cutoff, asOf, recentDays }: RuleSpan): string {
  const { api, operations, caller, filter } = rule.applies_to;
  const listed = (values: readonly string[]) => values.map((value) => JSON.stringify(value)).join(", ");
  const lines = [
    `Rule ${rule.id}${rule.title === undefined ? "" : `: ${rule.title}`}`,
    `  cutoff:      ${isoOf(cutoff)} (effective_from ${rule.effective_from}, ${rule.grace_days} days of grace)`,
    `  as_of:       ${asOf === undefined ? "there is no event" : isoOf(asOf)}`,
    `  recent:      the ${recentDays} days before as_of`,
    `  API:         ${api ? listed(api) : "any"}`,
    ...(operations ? operationLines(operations) : ["  operation:   any"]),
    `  caller:      ${caller ? listed(caller) : "any but service"}`,
    `  filter:      ${filter || "none"}`,
    `  restricted:  ${rule.restricted_fields ? listed(rule.restricted_fields) : "everything that these calls return"}`,
    `  permission:  ${rule.permission === undefined ? "none" : JSON.stringify(rule.permission)}`,
    `  exempt apps: ${rule.exempt_apps.length === 0 ? "none" : listed(rule.exempt_apps)}`,
    `  consent:     ${rule.consent_permission === undefined ? "none" : JSON.stringify(rule.consent_permission)}`,
  ];
  return lines.join("\n");
}

/** What a rule's operations mean, sets written out. */
const operationLines = (operations: NonNullable<Rule["applies_to"]["operations"]>): string[] =>
  groupsOf(operations).map(
    ({ api, operations: names }) =>
      `  operation:   ${api ? `of API ${api.map((name) => JSON.stringify(name)).join(" or ")}: ` : ""}${names.map((name) => JSON.stringify(name)).join(", ")}`,
  );

const CONTRADICTIONS: Readonly<Record<Contradiction["kind"], string>> = {
  "count-beside-empty-list": "count people beside an empty list: the count stands, as of a call that lists nobody's id",
  "list-of-another-length": "list another number of people than they count: the list stands",
  "id-twice": "list an id twice: it is one person",
  "more-than-the-resource-holds": "returned more people than the registry says that the resource holds",
};

function contradictionText({ kind, events, first }: Contradiction): string {
  const places = first.map(({ event, source, line }) => `  event ${event} (source ${source}, line ${line})`);
  const more = events > first.length ? [`  and ${figure(events - first.length)} more`] : [];
  return [`${figure(events)} ${events === 1 ? "call" : "calls"}: ${CONTRADICTIONS[kind]}`, ...places, ...more].join(
    "\n",
  );
}
