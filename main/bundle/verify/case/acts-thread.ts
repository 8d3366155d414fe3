import { parentPort, workerData } from "node:worker_threads";
import { openCase } from "../../../case/case.ts";
import { isAsActsLeft } from "./verify-case.ts";

/** The thread that compares the rows of a large case with its acts while a bundle of it is prepared. */
const caseFile = openCase((workerData as { readonly folder: string }).folder, "read");
// It reads everything once: pages that were read are of no more use.
caseFile.db.pragma("cache_size = -4096");
try {
  parentPort?.postMessage(isAsActsLeft(caseFile));
} finally {
  caseFile.close();
}
