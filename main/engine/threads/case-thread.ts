import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Refusal } from "../../../shared/base/errors.ts";
import { CONTRACT, type Hooks, type Input, type RequestName } from "../../../shared/contract/contract.ts";
import type { OpenedBundle } from "../../bundle/review/open-bundle.ts";
import { type Case, openCase } from "../../case/case.ts";
import { createCase } from "../../case/create.ts";
import { openSecond } from "../../case/open-second.ts";
import { lowerPriority } from "../../platform/priority.ts";
import { Engine } from "../engine.ts";
import type { CaseThreadStart, FromThread } from "./messages.ts";
import { crossing, serve } from "./serve-port.ts";

/** The thread of an open case. */

/** How long an act waits for the transaction of another thread, and how long between two tries. */
const LOCK_TIMEOUT_MS = 20_000;
const LOCK_RETRY_MS = 25;

const port = parentPort as MessagePort;
const tell = (message: FromThread) => port.postMessage(message);

try {
  const start = workerData as CaseThreadStart;
  const { caseFile, known } = await begin(start);
  const engine = new Engine(caseFile, known);
  serve(
    port,
    (name, input, hooks) => answer(engine, name, input, hooks),
    () => caseFile.close(),
  );
  const { readOnlyBecause } = caseFile;
  // Whoever only asks is not made to wait until the whole record of acts is read.
  const about = start.mode === "read" ? undefined : { info: await engine.ask("info", {}), readOnlyBecause };
  tell({ kind: "opened", about });
} catch (error) {
  tell({ kind: "not-opened", refusal: crossing(error) });
}

async function begin(start: CaseThreadStart): Promise<{ caseFile: Case; known?: OpenedBundle["known"] }> {
  switch (start.mode) {
    case "open":
      return { caseFile: openCase(start.folder, "write") };
    case "read":
      return { caseFile: openCase(start.folder, "read") };
    case "bundle":
      return (await import("../../bundle/review/open-bundle.ts")).openBundle(start.folder);
    case "second":
      lowerPriority();
      return { caseFile: openSecond(start.folder) };
    case "create":
      return { caseFile: createCase(start.folder, start) };
  }
}

async function answer(engine: Engine, name: string, input: unknown, hooks: Hooks): Promise<unknown> {
  if (!Object.hasOwn(CONTRACT, name)) throw new Refusal("usage", `There is no request "${name}"`, "ask again");
  const until = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    try {
      return await engine.ask(name as RequestName, input as Input<RequestName>, hooks);
    } catch (error) {
      // A transaction that reads before it writes fails at once while another thread commits. It wrote nothing: try again.
      if (!isBusy(error) || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS));
    }
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Refusal && String((error.cause as { code?: unknown } | undefined)?.code).startsWith("SQLITE_BUSY");
