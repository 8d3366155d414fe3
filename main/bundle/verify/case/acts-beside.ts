import type { Case } from "../../../case/case.ts";
import { COUNTS } from "../../../case/sources.ts";
import { startThread } from "../../../platform/workers.ts";
import { demandAsActsLeft } from "./verify-case.ts";

/** From so many events on a thread looks at them: for fewer its start costs more than it saves. */
const EVENTS_FOR_THREAD = 100_000;

/** Whether a case is as its acts left it, found out while its own thread does other things. */
export interface ActsBeside {
  /** @throws Refusal `case-damaged` */
  demand(): Promise<void>;
  close(): Promise<void>;
}

/** @throws Refusal `case-damaged`, of a small case at once */
export function actsBeside(caseFile: Case, eventsForThread = EVENTS_FOR_THREAD): ActsBeside {
  const { events } = caseFile.db
    .prepare(`select coalesce(sum(events), 0) as events from source where ${COUNTS}`)
    .get() as { events: number };
  if (!(events >= eventsForThread)) {
    demandAsActsLeft(caseFile);
    return { demand: async () => {}, close: async () => {} };
  }
  const worker = startThread(import.meta.url, "acts", { workerData: { folder: caseFile.folder }, isLean: true });
  const isRight = new Promise<boolean>((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve(false));
    worker.once("exit", () => resolve(false));
  });
  return {
    // What is wrong, or kept the thread from looking, is found again and said here.
    demand: async () => {
      if (!(await isRight)) demandAsActsLeft(caseFile);
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
