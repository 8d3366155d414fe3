import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Input, Progress, Reply, RequestName } from "../../../shared/contract/contract.ts";
import type { Output } from "./output.ts";

/** Milliseconds from Ctrl-C until work that has not stopped by itself is ended, and until the whole program is. */
const STOP_TIMEOUT_MS = 1200;
const KILL_TIMEOUT_MS = 1700;

export type Ask = <Name extends RequestName>(name: Name, input: Input<Name>) => Promise<Reply<Name>>;

/**
 * Opens a case for writing in a thread of its own, and closes it however the command ends. This thread hears Ctrl-C whatever
 * the other is busy with, and loads nothing of the engine. Ctrl-C asks the work to stop where it can be resumed; if it does
 * not, it is ended: what was committed stays either way. The end of a thread for lack of memory is a sentence; that of the
 * program's own would be a dump.
 * `isLean`: memory is worth more than some of the time.
 * @throws Refusal
 */
export async function withCaseThread<T>(
  folder: string,
  out: Output,
  work: (ask: Ask) => Promise<T>,
  { isLean = false }: { readonly isLean?: boolean } = {},
): Promise<T> {
  const { WorkerClient } = await import("../../engine/threads/worker-client.ts");
  const controller = new AbortController();
  const stop = () => controller.abort();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, stop);
  const thread = await WorkerClient.start("case", { mode: "open", folder }, undefined, isLean);
  const timers: NodeJS.Timeout[] = [];
  const arm = () =>
    timers.push(
      setTimeout(() => void thread.end(), STOP_TIMEOUT_MS),
      // A thread inside the system, such as one that opens a pipe nobody writes to, cannot be ended by itself.
      setTimeout(() => process.kill(process.pid, "SIGKILL"), KILL_TIMEOUT_MS),
    );
  if (controller.signal.aborted) arm();
  controller.signal.addEventListener("abort", arm, { once: true });
  const hooks = { signal: controller.signal, progress: (progress: Progress) => out.progress(progress) };
  try {
    const { info, readOnlyBecause = "" } = thread.about ?? {};
    if (info?.clock !== undefined && readOnlyBecause === "") out.note(`exhibit: ${info.clock}`);
    const done = await work((name, input) => thread.ask(name, input, hooks) as Promise<Reply<typeof name>>);
    // What was refused has said it, in one line.
    if (readOnlyBecause !== "") out.note(`exhibit: ${path.resolve(folder)} is read-only: ${readOnlyBecause}`);
    return done;
  } catch (error) {
    if (!controller.signal.aborted || (error instanceof Refusal && error.code === "cancelled")) throw error;
    throw new Refusal("cancelled", "The work was stopped", "finish an import with `exhibit import CASE FILE --resume`");
  } finally {
    await thread.close();
    for (const timer of timers) clearTimeout(timer);
    for (const signal of signals) process.off(signal, stop);
  }
}
