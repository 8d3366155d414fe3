import fs from "node:fs";
import path from "node:path";
import v8 from "node:v8";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import type { CaseThreadStart } from "../../engine/threads/messages.ts";
import type { Output } from "./output.ts";
import { withCase } from "./with-case.ts";
import { type Ask, withCaseThread } from "./with-case-thread.ts";

/** Bytes of the heap that a question may need: of the program itself with what is young in the heap, and for each of the database (less than three, as measured). */
const PROGRAM_BYTES = 256 << 20;
const MEMORY_TIMES = 16;

/**
 * Opens a case for questions, without its lock. Where memory may not do, they are answered in a thread, whose end for lack of
 * it is a sentence; a small case is not made to wait until one has started. Ctrl-C ends the program: nothing can be lost.
 * @throws Refusal
 */
export async function askCase<T>(folder: string, out: Output, work: (ask: Ask) => Promise<T>): Promise<T> {
  if (isNoCase(folder)) return askBundle(folder, out, work);
  if (hasRoom(folder)) return withCase(folder, "read", out, (engine) => work((name, input) => engine.ask(name, input)));
  const { WorkerClient } = await import("../../engine/threads/worker-client.ts");
  const thread = await WorkerClient.start("case", { mode: "read", folder } satisfies CaseThreadStart);
  try {
    return await work((name, input) => thread.ask(name, input) as Promise<Reply<typeof name>>);
  } finally {
    await thread.close();
  }
}

const isNoCase = (folder: string) =>
  !fs.existsSync(path.join(folder, "case.db")) && (fs.existsSync(path.join(folder, "bagit.txt")) || isFile(folder));
const isFile = (target: string) => fs.statSync(target, { throwIfNoEntry: false })?.isFile() === true;

/** A bundle answers as the case that it comes from would, as far as its calls go. It is made into one for the time of the question. */
async function askBundle<T>(target: string, out: Output, work: (ask: Ask) => Promise<T>): Promise<T> {
  const { WorkerClient } = await import("../../engine/threads/worker-client.ts");
  const thread = await WorkerClient.start("case", { mode: "bundle", folder: target } satisfies CaseThreadStart);
  try {
    out.note(
      `exhibit: ${path.basename(target)} is a bundle: it answers for the calls that it holds, and nothing in it is changed`,
    );
    return await work((name, input) => thread.ask(name, input) as Promise<Reply<typeof name>>);
  } finally {
    await thread.close();
  }
}

/** The same for an act that takes moments, with the case's lock. It is recorded whole or not at all. @throws Refusal */
export async function changeCase<T>(folder: string, out: Output, work: (ask: Ask) => Promise<T>): Promise<T> {
  if (isNoCase(folder))
    throw new Refusal(
      "case-read-only",
      `${folder} is a bundle, and nothing in it is changed`,
      "take its findings, tags and notes into a case with `exhibit review CASE BUNDLE.zip --apply`",
    );
  return hasRoom(folder)
    ? withCase(folder, "write", out, (engine) => work((name, input) => engine.ask(name, input)))
    : withCaseThread(folder, out, work);
}

function hasRoom(folder: string): boolean {
  const bytes = fs.statSync(path.join(folder, "case.db"), { throwIfNoEntry: false })?.size ?? 0;
  return PROGRAM_BYTES + bytes * MEMORY_TIMES < v8.getHeapStatistics().heap_size_limit;
}
