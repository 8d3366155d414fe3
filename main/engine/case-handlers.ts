import { given } from "../../shared/base/given.ts";
import type { CASE_REQUESTS } from "../../shared/contract/case.ts";
import { nameSigner, signerOf } from "../bundle/signature/named-signer.ts";
import { COUNTS, countedSources, unfinished } from "../case/sources.ts";
import { verifyCustody } from "../custody/case-chain.ts";
import { clockBehind } from "../custody/clock-behind.ts";
import { registryPage } from "../registry/browse.ts";
import { listConflicts } from "../registry/list-conflicts.ts";
import type { HandlersOf } from "./handlers.ts";
import { custodyRows, writeCheckpoint } from "./requests/custody-rows.ts";
import { loggedApps } from "./requests/logged-apps.ts";
import { registryInForce } from "./requests/registry-in-force.ts";
import { keepState } from "./session/kept-states.ts";

export const CASE_HANDLERS: HandlersOf<typeof CASE_REQUESTS> = {
  info: ({ caseFile, custody }) => ({
    case: caseFile.folder,
    title: caseFile.title,
    examiner: caseFile.examiner,
    created: caseFile.created,
    sources: countedSources(caseFile.db),
    events: count(caseFile.db.prepare(`select coalesce(sum(events), 0) from source where ${COUNTS}`)),
    unfinished: unfinished(caseFile.db),
    read_only: caseFile.readOnly,
    custody_head: verifyCustody(custody).head,
    ...given({ signer: signerOf(custody)?.fingerprint, clock: clockBehind(caseFile) }),
  }),
  registry: async (session, { files, ...options }) => {
    const { importRegistry } = await import("../registry/import.ts");
    if (!options.dry_run) keepState(session);
    const report = await importRegistry(session.caseFile, files, given(options));
    if (!options.dry_run) session.forget();
    return report;
  },
  registryPreview: async ({ caseFile }, { files, ...options }) => {
    const { previewRegistry } = await import("../registry/preview.ts");
    return previewRegistry(caseFile, files, given(options));
  },
  takeBackRegistry: async (session, { n, reason, by }) => {
    const { takeBackRegistry } = await import("../registry/take-back.ts");
    keepState(session);
    const report = takeBackRegistry(session.caseFile, n, reason, by);
    session.forget();
    return report;
  },
  registryRows: ({ caseFile }, input) => registryPage(caseFile.db, given(input)),
  registryConflicts: (session) =>
    session.remembered("registryConflicts", () => listConflicts(session.caseFile, loggedApps(session))),
  registryInForce: ({ caseFile }) => registryInForce(caseFile),
  signer: ({ caseFile }, { file, reason, by }) => {
    const { key, fingerprint } = nameSigner(caseFile, file, reason, by);
    return { signer: fingerprint, key, reason: reason.trim() };
  },
  custody: ({ custody }) => verifyCustody(custody),
  custodyRows: ({ custody }, input) => custodyRows(custody, given(input)),
  checkpoint: ({ caseFile, custody }, { file }) => writeCheckpoint(caseFile, file, custody),
};

const count = (statement: { pluck(): { get(): unknown } }): number => statement.pluck().get() as number;
