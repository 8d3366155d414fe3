import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { SOURCE_REQUESTS } from "../../shared/contract/sources.ts";
import { recordAcquisition } from "../evidence/acquisition.ts";
import { sourceStates } from "../evidence/source-report.ts";
import { ledgerOf } from "../intake/line-ledger.ts";
import type { HandlersOf } from "./handlers.ts";
import { rejectPage } from "./requests/reject-page.ts";
import { keepState } from "./session/kept-states.ts";
import type { Session } from "./session/session.ts";

export const SOURCE_HANDLERS: HandlersOf<typeof SOURCE_REQUESTS> = {
  import: async (session, { files, by, by_reference: byReference, ...options }, hooks) => {
    const { importFiles } = await import("../intake/import-files.ts");
    keepState(session);
    try {
      const outcome = await importFiles(
        session.caseFile,
        files,
        { ...given({ ...options, byReference }), by: by ?? session.caseFile.examiner, demandColumns: true },
        hooks,
      );
      const { sources, notes, leftOut } = outcome;
      const { notJoined } = await import("../registry/spellings/not-joined.ts");
      for (const note of sources.length > 0 ? notJoined(session.caseFile.db) : [])
        notes.push({ file: "registry", note });
      return { sources, notes, failures: outcome.failures.map((failure) => failure.data()), left_out: leftOut };
    } finally {
      session.forget();
    }
  },
  estimate: async ({ caseFile }, { files, ...options }) => {
    const { estimate } = await import("./requests/estimate-import.ts");
    return estimate(caseFile, files, given(options));
  },
  sources: ({ caseFile, known }) => ({ sources: [...(known?.sources ?? sourceStates(caseFile.db))] }),
  ledger: ({ caseFile, known }) => known?.ledger ?? ledgerOf(caseFile.db),
  withdraw: async (session, { source, ...input }) => {
    const { withdraw } = await import("../intake/withdraw.ts");
    keepState(session);
    const report = withdraw(session.caseFile, source, given(input));
    session.forget();
    return report;
  },
  remap: async (session, { source, ...options }, hooks) => {
    const { readAgain } = await import("../intake/read-again.ts");
    keepState(session);
    try {
      return await readAgain(session.caseFile, source, given(options), hooks);
    } finally {
      session.forget();
    }
  },
  restore: async (session, { source, ...input }) => {
    const { restore } = await import("../intake/withdraw.ts");
    keepState(session);
    const report = restore(session.caseFile, source, given(input));
    session.forget();
    return report;
  },
  received: ({ caseFile }, { source, ...said }) => recordAcquisition(caseFile, source, given(said)),
  rejects: (session, input) => rejectPage(demandOriginals(session).caseFile, input),
};

/** What was rejected of a log, its original alone says. @throws Refusal `case-read-only` for a bundle that is open as a case */
function demandOriginals(session: Session): Session {
  if (session.known === undefined) return session;
  throw new Refusal(
    "case-read-only",
    `${session.caseFile.folder} is a bundle, which holds no line that was rejected`,
    "see the ledger of each source in its extract/sources.json",
  );
}
