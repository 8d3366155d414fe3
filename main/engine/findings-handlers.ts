import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { FINDING_REQUESTS } from "../../shared/contract/findings.ts";
import type { SubjectReport } from "../../shared/model/finding.ts";
import { activity, activityPeople, developerRecord } from "../findings/answers/activity.ts";
import { answerDetail, heldGrants, judgedBy } from "../findings/answers/answer.ts";
import { asOfCurve } from "../findings/answers/as-of-curve.ts";
import { claimResults } from "../findings/answers/claims.ts";
import { coverageLanes } from "../findings/answers/coverage-lanes.ts";
import { sensitivity } from "../findings/answers/cutoff-sensitivity.ts";
import { dossier } from "../findings/answers/dossier.ts";
import { dryRun } from "../findings/answers/dry-run.ts";
import { subjectsGot } from "../findings/answers/people-got.ts";
import { policyWarnings } from "../findings/answers/policy-warnings.ts";
import { zoneCalls } from "../findings/answers/zone-sensitivity.ts";
import { clocksOf } from "../findings/coverage/source-clocks.ts";
import { decide } from "../findings/dispositions.ts";
import { Inquiry } from "../findings/inquiry.ts";
import { contradictions } from "../findings/people/contradictions.ts";
import { review, reviews } from "../findings/reviews.ts";
import {
  importClaims,
  importPolicy,
  loadClaims,
  policiesSet,
  policySetAs,
  policyWritten,
  readPolicyFile,
  setPolicy,
} from "../findings/rules/policy.ts";
import { permissionsOf } from "../registry/permissions.ts";
import type { HandlersOf } from "./handlers.ts";
import { countPeople } from "./requests/count-people.ts";
import { writeWhole } from "./requests/export-events.ts";
import { idsIn, idsOf, writePeopleList } from "./requests/people-files.ts";
import { peoplePage } from "./requests/people-page.ts";
import { keepState } from "./session/kept-states.ts";
import type { Session } from "./session/session.ts";

export const FINDING_HANDLERS: HandlersOf<typeof FINDING_REQUESTS> = {
  policy: (session, { file, by }) => {
    keepState(session);
    const policy = importPolicy(session.caseFile, file, by);
    session.forget();
    return { rules: policy.rules.map((rule) => rule.id), warnings: policyWarnings(session.inquiry) };
  },
  policyRead: (_, { file }) => readPolicyFile(file),
  policySet: (session, input) => {
    keepState(session);
    const policy = setPolicy(session.caseFile, given(input));
    session.forget();
    return { rules: policy.rules.map((rule) => rule.id), warnings: policyWarnings(session.inquiry) };
  },
  policyDryRun: (session, { document, against }) => {
    const earlier = against === undefined ? undefined : policySetAs(session.caseFile, against);
    const before = earlier
      ? new Inquiry(session.caseFile, { policy: earlier, beside: session.inquiry })
      : session.inquiry;
    return dryRun(before, policyWritten(document));
  },
  policyWrite: ({ caseFile }, { document, file }) => {
    policyWritten(document);
    writeWhole(file, [document], { caseFile, act: () => undefined });
    return { file };
  },
  policies: ({ caseFile }) => ({ policies: policiesSet(caseFile) }),
  permissions: ({ inquiry }) => permissionsOf(inquiry.dataset.registry),
  policyInForce: (session) => (session.inquiry.policy ? { policy: session.inquiry.policy } : {}),
  findings: (session, input) => session.inquiry.findings(given(input)),
  apart: ({ inquiry }) => inquiry.judged.map((judged) => ({ rule: judged.rule.id, ...inquiry.apartOf(judged) })),
  finding: (session, { developer, disposition, reason, rule, by }) => {
    const findings = session.inquiry.findings(given({ rule, developer }));
    if (findings.rules.length === 0)
      throw new Refusal(
        "policy-missing",
        "There are no findings without a policy",
        "import one with `exhibit policy CASE POLICY.json`",
      );
    const decided = findings.rules.flatMap((each) =>
      each.developers.map((row) => ({ rule: each.rule, developer_id: row.developer_id })),
    );
    const made = decided.map((each) => decide(session.caseFile, { ...each, disposition, reason }, by));
    session.inquiry.forgetDecisions();
    session.forgetSelections();
    return made.map((decision) => ({
      rule: decision.rule,
      developer_id: decision.developer_id,
      status: decision.disposition,
      reason: decision.reason,
    }));
  },
  decide: (session, { findings, disposition, reason, by }) => {
    const { caseFile } = session;
    checkFindings(session, findings);
    caseFile.db.transaction(() => {
      for (const each of findings) decide(caseFile, { ...each, disposition, reason }, by);
    })();
    session.inquiry.forgetDecisions();
    session.forgetSelections();
    return { decided: findings.length };
  },
  review: (session, { findings, ...said }) => {
    const { caseFile } = session;
    checkFindings(session, findings);
    caseFile.db.transaction(() => {
      for (const each of findings) review(caseFile, { ...each, ...said });
    })();
    session.forgetSelections();
    return { reviewed: findings.length };
  },
  reviews: ({ custody }) => ({ reviews: reviews(custody) }),
  claims: (session, { file, by }) => {
    if (file !== undefined) importClaims(session.caseFile, file, by);
    return { claims: claimResults(session.inquiry) };
  },
  sensitivity: (session, { rule }) =>
    session.remembered(`sensitivity ${rule ?? ""}`, () => sensitivity(session.inquiry, rule)),
  asOfCurve: (session, { rule, at }) =>
    session.remembered(`asOfCurve ${rule ?? ""} ${at?.join() ?? ""}`, () => asOfCurve(session.inquiry, rule, at)),
  zoneCalls: ({ inquiry }, { rule, source }) => zoneCalls(inquiry, judgedBy(inquiry, rule), source),
  claimsInForce: ({ caseFile }) => given({ claims: loadClaims(caseFile)?.claims }),
  people: (session, { filter }, hooks) => countPeople(session, filter, hooks),
  contradictions: (session, { filter }) => ({
    contradictions: contradictions(
      session.inquiry.dataset,
      filter === undefined ? session.inquiry.inScope() : session.selection(filter).positions,
    ),
  }),
  peopleList: (session, input) => writePeopleList(session, input),
  subject: (session, { filter, subject }) => subjectsGot(session.inquiry, filter, [subject])[0] as SubjectReport,
  subjects: (session, { filter, file, ids = "" }) => ({
    subjects: subjectsGot(session.inquiry, filter, file === undefined ? idsOf(ids, "The text") : idsIn(file)),
    people: session.inquiry.people(filter).people,
  }),
  peopleIds: (session, input) => peoplePage(session, input),
  coverage: (session) => ({ coverage: session.inquiry.coverage }),
  coverageLanes: ({ inquiry }) => coverageLanes(inquiry),
  clocks: (session) =>
    session.remembered("clocks", () => ({ clocks: session.known?.clocks ?? clocksOf(session.inquiry.dataset) })),
  answer: ({ inquiry }, { rule }) => answerDetail(inquiry, rule),
  grants: ({ inquiry }, { rule }) => ({ grants: heldGrants(inquiry, judgedBy(inquiry, rule)) }),
  activity: (session) => session.remembered("activity", () => activity(session.inquiry)),
  activityPeople: (session) => session.remembered("activityPeople", () => activityPeople(session.inquiry)),
  developerRecord: ({ inquiry }, { developer_id }) => developerRecord(inquiry, developer_id),
  developer: ({ inquiry }, input) => dossier(inquiry, given(input)),
};

/** What is decided is a finding: nothing is written of a developer that no rule speaks of. */
function checkFindings(
  { inquiry }: Session,
  wanted: readonly { readonly rule: string; readonly developer_id: string }[],
): void {
  const known = new Set(
    inquiry.findings().rules.flatMap(({ rule, developers }) => developers.map((row) => `${rule} ${row.developer_id}`)),
  );
  const lost = wanted.find(({ rule, developer_id }) => !known.has(`${rule} ${developer_id}`));
  if (lost)
    throw new Refusal(
      "developer-unknown",
      `No finding of the rule "${lost.rule}" speaks of "${lost.developer_id}"`,
      "choose one from the list of developers; nothing was decided",
    );
}
