import { Refusal } from "../../../shared/base/errors.ts";
import type { Input, Progress, Reply } from "../../../shared/contract/contract.ts";
import type { Case } from "../../case/case.ts";
import type { Output } from "./output.ts";

/** Milliseconds from Ctrl-C until work that has not stopped by itself is ended, and until the whole program is. */
const STOP_TIMEOUT_MS = 1200;
const KILL_TIMEOUT_MS = 1700;

/**
 * Asks for an import in a thread of its own, so that this one hears Ctrl-C whatever the other is busy with. Ctrl-C asks it to
 * stop where it can be resumed; if it does not, it is ended: what was committed stays either way.
 * @throws Refusal
 */
export async function askLong<Name extends "import" | "remap">(
  caseFile: Case,
  name: Name,
  input: Input<Name>,
  out: Output,
): Promise<Reply<Name>> {
  const [{ demandWritable }, { WorkerClient }] = await Promise.all([
    import("../../case/case.ts"),
    import("../../engine/threads/worker-client.ts"),
  ]);
  demandWritable(caseFile);
  const controller = new AbortController();
  const stop = () => controller.abort();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, stop);
  const thread = await WorkerClient.start("case", { mode: "command", folder: caseFile.folder });
  const timers: NodeJS.Timeout[] = [];
  const arm = () =>
    timers.push(
      setTimeout(() => void thread.end(), STOP_TIMEOUT_MS),
      // A thread inside the system, such as one that opens a pipe nobody writes to, cannot be ended by itself.
      setTimeout(() => process.kill(process.pid, "SIGKILL"), KILL_TIMEOUT_MS),
    );
  if (controller.signal.aborted) arm();
  controller.signal.addEventListener("abort", arm, { once: true });
  try {
    const hooks = { signal: controller.signal, progress: (progress: Progress) => out.progress(progress) };
    return (await thread.ask(name, input, hooks)) as Reply<Name>;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    throw new Refusal("cancelled", "The work was stopped", "finish an import with `exhibit import CASE FILE --resume`");
  } finally {
    await thread.close();
    for (const timer of timers) clearTimeout(timer);
    for (const signal of signals) process.off(signal, stop);
  }
}
