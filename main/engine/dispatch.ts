import type { z } from "zod";
import { Refusal } from "../../shared/base/errors.ts";
import type { Contract, Hooks, Reply, RequestName } from "../../shared/contract/contract.ts";
import { addNote, addTag, redo, removeTag, undo } from "../annotations/tag-and-note.ts";
import { verifyCustody } from "../custody/case-chain.ts";
import { sourceStates, unfinished } from "../evidence/source-report.ts";
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
import type { Engine } from "./session/session.ts";

type Handlers = {
  readonly [Name in RequestName]: (
    engine: Engine,
    input: z.output<Contract[Name]["input"]>,
    hooks: Hooks,
  ) => Reply<Name> | Promise<Reply<Name>>;
};

/**
 * Every request of the contract, answered by the folders on the way. A request without its handler does not compile. What
 * reads logs and what writes bundles is two thirds of the program: it is loaded when it is asked for.
 */
export const HANDLERS: Handlers = {
  info: ({ place }) => ({
    case: place.folder,
    title: place.title,
    examiner: place.examiner,
    created: place.created,
    sources: count(place.db.prepare("select count(*) from source where state = 'complete' and withdrawn is null")),
    events: count(
      place.db.prepare("select coalesce(sum(events), 0) from source where state = 'complete' and withdrawn is null"),
    ),
    unfinished: unfinished(place.db),
    read_only: place.readOnly,
    custody_head: verifyCustody(place).head,
  }),
  import: async (engine, { files, by, by_reference: byReference, ...options }, hooks) => {
    const { importFiles } = await import("../intake/import-files.ts");
    try {
      const outcome = await importFiles(
        engine.place,
        files,
        { ...given({ ...options, byReference }), by: by ?? engine.place.examiner },
        hooks,
      );
      const { sources, notes, leftOut } = outcome;
      return { sources, notes, failures: outcome.failures.map((failure) => failure.data()), left_out: leftOut };
    } finally {
      engine.forget();
    }
  },
  estimate: async ({ place }, { files, ...options }) => {
    const { estimate } = await import("./requests/estimate-import.ts");
    return estimate(place, files, given(options));
  },
  sources: ({ place }) => ({ sources: sourceStates(place.db) }),
  ledger: ({ place }) => ledgerOf(place.db),
  withdraw: async (engine, { source, ...input }) => {
    const { withdraw } = await import("../intake/withdraw.ts");
    const report = withdraw(engine.place, source, given(input));
    engine.forget();
    return report;
  },
  remap: async (engine, { source, ...options }, hooks) => {
    const { remap } = await import("../intake/read-again.ts");
    try {
      return await remap(engine.place, source, given(options), hooks);
    } finally {
      engine.forget();
    }
  },
  restore: async (engine, { source, ...input }) => {
    const { restore } = await import("../intake/withdraw.ts");
    const report = restore(engine.place, source, given(input));
    engine.forget();
    return report;
  },
  rejects: ({ place }, input) => rejectPage(place, input),
  registry: async (engine, { files, kind, by }) => {
    const { importRegistry } = await import("../registry/import.ts");
    const report = importRegistry(engine.place, files, given({ kind, by }));
    engine.forget();
    return report;
  },
  registryInForce: ({ place }) => registryInForce(place),
  query: (engine, { filter, rows, facets, histogram: buckets }) => {
    const { world } = engine.inquiry;
    const selection = engine.selection(filter);
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
      ...(rows ? { events: page(engine, filter, rows) } : {}),
      ...(facets ? { facets: Object.fromEntries(facets.map((field) => [field, facet(world, field, selection)])) } : {}),
      ...(buckets === undefined ? {} : { histogram: histogram(world, positions, buckets) }),
    };
  },
  explore: async (engine, input, hooks) => {
    await search(engine, input.filter, hooks);
    return explore(engine, input);
  },
  overview: async (engine, input, hooks) => {
    await search(engine, input.filter, hooks);
    return overview(engine, input, hooks);
  },
  rows: (engine, input) => ({ rows: rowsAt(engine, input), revision: engine.revision }),
  values: (engine, input) => valuesOf(engine, input),
  seek: (engine, input) => seek(engine, input),
  call: (engine, { event, more }) => callDetail(engine, event, more),
  savedFilters: ({ place }) => ({ filters: savedFilters(place) }),
  saveFilter: ({ place }, input) => ({ filters: saveFilter(place, given(input)) }),
  forgetFilter: ({ place }, { name, by }) => ({ filters: forgetFilter(place, name, by) }),
  export: (engine, input, hooks) => exportEvents(engine, input, hooks),
  tag: (engine, { tag, remove, note, by, ...pick }) => {
    const change = remove ? removeTag : addTag;
    const report = change(engine.place, engine.inquiry.world.columns, picked(engine, pick), tag, given({ note, by }));
    engine.forgetSelections();
    return report;
  },
  note: (engine, { note, by, ...pick }) => {
    const report = addNote(engine.place, engine.inquiry.world.columns, picked(engine, pick), note, by);
    engine.forgetSelections();
    return report;
  },
  undo: (engine, { by }) => {
    const report = undo(engine.place, by);
    engine.forgetSelections();
    return report;
  },
  redo: (engine, { by }) => {
    const report = redo(engine.place, by);
    engine.forgetSelections();
    return report;
  },
  policy: (engine, { file, by }) => {
    const policy = importPolicy(engine.place, file, by);
    engine.forget();
    return { rules: policy.rules.map((rule) => rule.id), warnings: policyWarnings(engine.inquiry) };
  },
  policyInForce: (engine) => (engine.inquiry.policy ? { policy: engine.inquiry.policy } : {}),
  findings: (engine, input) => engine.inquiry.findings(given(input)),
  apart: ({ inquiry }) => inquiry.judged.map((judged) => ({ rule: judged.rule.id, ...inquiry.apartOf(judged) })),
  finding: (engine, { developer, disposition, reason, rule, by }) => {
    const findings = engine.inquiry.findings(given({ rule, developer }));
    if (findings.rules.length === 0)
      throw new Refusal(
        "policy-missing",
        "There are no findings without a policy",
        "import one with `exhibit policy CASE POLICY.json`",
      );
    const decided = findings.rules.flatMap((each) =>
      each.developers.map((row) => ({ rule: each.rule, developer_id: row.developer_id })),
    );
    const made = decided.map((each) => decide(engine.place, { ...each, disposition, reason }, by));
    engine.inquiry.forgetDecisions();
    engine.forgetSelections();
    return made.map((decision) => ({
      rule: decision.rule,
      developer_id: decision.developer_id,
      status: decision.disposition,
      reason: decision.reason,
    }));
  },
  claims: (engine, { file, by }) => {
    if (file !== undefined) importClaims(engine.place, file, by);
    return { claims: claimResults(engine.inquiry) };
  },
  people: (engine, { filter }, hooks) => countPeople(engine, filter, hooks),
  peopleList: (engine, input) => writePeopleList(engine, input),
  subject: (engine, { filter, subject }) => engine.inquiry.subject(filter, subject),
  peopleIds: (engine, input) => peoplePage(engine, input),
  coverage: (engine) => ({ coverage: engine.inquiry.coverage }),
  coverageLanes: ({ inquiry }) => coverageLanes(inquiry),
  clocks: (engine) => engine.remembered("clocks", () => ({ clocks: clocksOf(engine.inquiry.world) })),
  answer: ({ inquiry }, { rule }) => answerDetail(inquiry, rule),
  grants: ({ inquiry }, { rule }) => ({ grants: heldGrants(inquiry, judgedBy(inquiry, rule)) }),
  developer: ({ inquiry }, input) => dossier(inquiry, given(input)),
  claimsInForce: ({ place }) => given({ claims: loadClaims(place)?.claims }),
  bundle: async (engine, input, hooks) => {
    const { writeBundle } = await import("../bundle/write-bundle.ts");
    return writeBundle(engine.inquiry, given(input), hooks);
  },
  bundleChoice: async ({ inquiry }, { filter }) => {
    const { bundleChoice } = await import("./requests/bundle-preview.ts");
    return bundleChoice(inquiry, filter);
  },
  custody: ({ place }) => verifyCustody(place),
  custodyRows: ({ place }, input) => custodyRows(place, given(input)),
  checkpoint: ({ place }, { file }) => writeCheckpoint(place, file),
};

const count = (statement: { pluck(): { get(): unknown } }): number => statement.pluck().get() as number;

/** Without the keys whose value is undefined: an option that was not given is an absent key. */
function given<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
