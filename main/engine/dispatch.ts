import type { z } from "zod";
import { Refusal } from "../../shared/base/errors.ts";
import type { Contract, Hooks, Reply, RequestName } from "../../shared/contract/contract.ts";
import { addNote, addTag, redo, removeTag, undo } from "../annotations/tag-and-note.ts";
import { COUNTS, countedSources, unfinished } from "../case/sources.ts";
import { verifyCustody } from "../custody/case-chain.ts";
import { sourceStates } from "../evidence/source-report.ts";
import { answerDetail, heldGrants, judgedBy } from "../findings/answers/answer.ts";
import { claimResults } from "../findings/answers/claims.ts";
import { coverageLanes } from "../findings/answers/coverage-lanes.ts";
import { dossier } from "../findings/answers/dossier.ts";
import { policyWarnings } from "../findings/answers/policy-warnings.ts";
import { clocksOf } from "../findings/coverage/source-clocks.ts";
import { decide } from "../findings/dispositions.ts";
import { importClaims, importPolicy, loadClaims } from "../findings/rules/policy.ts";
import { ledgerOf } from "../intake/line-ledger.ts";
import { FACETS, facet } from "../query/results/facets.ts";
import { histogram } from "../query/results/histogram.ts";
import { callDetail } from "./requests/call-detail.ts";
import { countPeople } from "./requests/count-people.ts";
import { custodyRows, writeCheckpoint } from "./requests/custody-rows.ts";
import { page } from "./requests/event-page.ts";
import { explore, rowsAt, seek } from "./requests/explore.ts";
import { exportEvents, writePeopleList } from "./requests/export-events.ts";
import { valuesOf } from "./requests/facet-values.ts";
import { overview } from "./requests/overview.ts";
import { peoplePage } from "./requests/people-page.ts";
import { picked } from "./requests/picked-events.ts";
import { registryInForce } from "./requests/registry-in-force.ts";
import { rejectPage } from "./requests/reject-page.ts";
import { forgetFilter, savedFilters, saveFilter } from "./requests/saved-filters.ts";
import { search } from "./requests/search-text.ts";
import type { Session } from "./session/session.ts";

type Handlers = {
  readonly [Name in RequestName]: (
    session: Session,
    input: z.output<Contract[Name]["input"]>,
    hooks: Hooks,
  ) => Reply<Name> | Promise<Reply<Name>>;
};

/**
 * Every request of the contract, answered by the folders on the way. A request without its handler does not compile. What
 * reads logs and what writes bundles is two thirds of the program: it is loaded when it is asked for.
 */
export const HANDLERS: Handlers = {
  info: ({ caseFile }) => ({
    case: caseFile.folder,
    title: caseFile.title,
    examiner: caseFile.examiner,
    created: caseFile.created,
    sources: countedSources(caseFile.db),
    events: count(caseFile.db.prepare(`select coalesce(sum(events), 0) from source where ${COUNTS}`)),
    unfinished: unfinished(caseFile.db),
    read_only: caseFile.readOnly,
    custody_head: verifyCustody(caseFile).head,
  }),
  import: async (session, { files, by, by_reference: byReference, ...options }, hooks) => {
    const { importFiles } = await import("../intake/import-files.ts");
    try {
      const outcome = await importFiles(
        session.caseFile,
        files,
        { ...given({ ...options, byReference }), by: by ?? session.caseFile.examiner },
        hooks,
      );
      const { sources, notes, leftOut } = outcome;
      return { sources, notes, failures: outcome.failures.map((failure) => failure.data()), left_out: leftOut };
    } finally {
      session.forget();
    }
  },
  estimate: async ({ caseFile }, { files, ...options }) => {
    const { estimate } = await import("./requests/estimate-import.ts");
    return estimate(caseFile, files, given(options));
  },
  sources: ({ caseFile }) => ({ sources: sourceStates(caseFile.db) }),
  ledger: ({ caseFile }) => ledgerOf(caseFile.db),
  withdraw: async (session, { source, ...input }) => {
    const { withdraw } = await import("../intake/withdraw.ts");
    const report = withdraw(session.caseFile, source, given(input));
    session.forget();
    return report;
  },
  remap: async (session, { source, ...options }, hooks) => {
    const { readAgain } = await import("../intake/read-again.ts");
    try {
      return await readAgain(session.caseFile, source, given(options), hooks);
    } finally {
      session.forget();
    }
  },
  restore: async (session, { source, ...input }) => {
    const { restore } = await import("../intake/withdraw.ts");
    const report = restore(session.caseFile, source, given(input));
    session.forget();
    return report;
  },
  rejects: ({ caseFile }, input) => rejectPage(caseFile, input),
  registry: async (session, { files, kind, by }) => {
    const { importRegistry } = await import("../registry/import.ts");
    const report = importRegistry(session.caseFile, files, given({ kind, by }));
    session.forget();
    return report;
  },
  registryInForce: ({ caseFile }) => registryInForce(caseFile),
  query: (session, { filter, rows, facets, histogram: buckets }) => {
    const { dataset } = session.inquiry;
    const selection = session.selection(filter);
    const { positions } = selection;
    const unknown = facets?.find((field) => !FACETS.includes(field));
    if (unknown !== undefined)
      throw new Refusal(
        "column-unknown",
        `"${unknown}" cannot be counted by value`,
        `choose one of ${FACETS.join(", ")}`,
      );
    return {
      filter,
      count: positions.length,
      ...(rows ? { events: page(session, filter, rows) } : {}),
      ...(facets
        ? { facets: Object.fromEntries(facets.map((field) => [field, facet(dataset, field, selection)])) }
        : {}),
      ...(buckets === undefined ? {} : { histogram: histogram(dataset, positions, buckets) }),
    };
  },
  explore: async (session, input, hooks) => {
    await search(session, input.filter, hooks);
    return explore(session, input);
  },
  overview: async (session, input, hooks) => {
    await search(session, input.filter, hooks);
    return overview(session, input, hooks);
  },
  rows: (session, input) => ({ rows: rowsAt(session, input), revision: session.revision }),
  values: (session, input) => valuesOf(session, input),
  seek: (session, input) => seek(session, input),
  call: (session, { event, more }) => callDetail(session, event, more),
  savedFilters: ({ caseFile }) => ({ filters: savedFilters(caseFile) }),
  saveFilter: ({ caseFile }, input) => ({ filters: saveFilter(caseFile, given(input)) }),
  forgetFilter: ({ caseFile }, { name, by }) => ({ filters: forgetFilter(caseFile, name, by) }),
  export: (session, input, hooks) => exportEvents(session, input, hooks),
  tag: (session, { tag, remove, note, by, ...pick }) => {
    const change = remove ? removeTag : addTag;
    const report = change(session.caseFile, picked(session, pick), tag, given({ note, by }));
    session.forgetSelections();
    return report;
  },
  note: (session, { note, by, ...pick }) => {
    const report = addNote(session.caseFile, picked(session, pick), note, by);
    session.forgetSelections();
    return report;
  },
  undo: (session, { by }) => {
    const report = undo(session.caseFile, by);
    session.forgetSelections();
    return report;
  },
  redo: (session, { by }) => {
    const report = redo(session.caseFile, by);
    session.forgetSelections();
    return report;
  },
  policy: (session, { file, by }) => {
    const policy = importPolicy(session.caseFile, file, by);
    session.forget();
    return { rules: policy.rules.map((rule) => rule.id), warnings: policyWarnings(session.inquiry) };
  },
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
  claims: (session, { file, by }) => {
    if (file !== undefined) importClaims(session.caseFile, file, by);
    return { claims: claimResults(session.inquiry) };
  },
  people: (session, { filter }, hooks) => countPeople(session, filter, hooks),
  peopleList: (session, input) => writePeopleList(session, input),
  subject: (session, { filter, subject }) => session.inquiry.subject(filter, subject),
  peopleIds: (session, input) => peoplePage(session, input),
  coverage: (session) => ({ coverage: session.inquiry.coverage }),
  coverageLanes: ({ inquiry }) => coverageLanes(inquiry),
  clocks: (session) => session.remembered("clocks", () => ({ clocks: clocksOf(session.inquiry.dataset) })),
  answer: ({ inquiry }, { rule }) => answerDetail(inquiry, rule),
  grants: ({ inquiry }, { rule }) => ({ grants: heldGrants(inquiry, judgedBy(inquiry, rule)) }),
  developer: ({ inquiry }, input) => dossier(inquiry, given(input)),
  claimsInForce: ({ caseFile }) => given({ claims: loadClaims(caseFile)?.claims }),
  bundle: async (session, input, hooks) => {
    const { writeBundle } = await import("../bundle/write-bundle.ts");
    return writeBundle(session.inquiry, given(input), hooks);
  },
  bundleChoice: async ({ inquiry }, { filter }) => {
    const { bundleChoice } = await import("./requests/bundle-preview.ts");
    return bundleChoice(inquiry, filter);
  },
  custody: ({ caseFile }) => verifyCustody(caseFile),
  custodyRows: ({ caseFile }, input) => custodyRows(caseFile, given(input)),
  checkpoint: ({ caseFile }, { file }) => writeCheckpoint(caseFile, file),
};

const count = (statement: { pluck(): { get(): unknown } }): number => statement.pluck().get() as number;

/** Without the keys whose value is undefined: an option that was not given is an absent key. */
function given<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
