import type { ImportReply } from "../../shared/contract/sources.ts";
import { counted, fileName } from "../text/format.ts";
import { ask } from "./client.ts";
import { advance, begin, fail, finish, type ImportItem, nextWaiting } from "./import-queue.ts";
import { refusalOf } from "./refusal.ts";
import type { Session } from "./session.tsx";
import { withImports } from "./state.ts";

/** Imports what waits, one file after the other, whatever screen is shown meanwhile. */
export async function runImports(session: Session): Promise<void> {
  const { store } = session;
  const folder = store.get().info?.case;
  for (;;) {
    const item = nextWaiting(store.get().imports);
    if (!item || store.get().info?.case !== folder) return;
    store.update((state) => withImports(state, (queue) => begin(queue, item.path)));
    const update = await importOne(session, item);
    store.update((state) => withImports(state, update));
    await session.refresh();
    // paused is paused: the files behind it wait with it
    if (store.get().imports.some((each) => each.path === item.path && each.status === "paused")) return;
  }
}

async function importOne(session: Session, item: ImportItem): Promise<Parameters<typeof withImports>[1]> {
  const { path, choice, isResumed } = item;
  const name = fileName(path);
  try {
    const reply: ImportReply = await session.work(`Import ${name}`, "Pause", ({ signal, progress }) =>
      ask(
        "import",
        {
          files: [path],
          ...(choice.format === undefined ? {} : { format: choice.format }),
          ...(choice.timezone === undefined ? {} : { timezone: choice.timezone }),
          ...(choice.mapping === undefined ? {} : { mapping: choice.mapping.document }),
          ...(choice.byReference ? { by_reference: true } : {}),
          ...(isResumed ? { resume: true } : {}),
        },
        {
          signal,
          progress: (told) => {
            progress(told);
            session.store.update((state) => withImports(state, (queue) => advance(queue, path, told)));
          },
        },
      ),
    );
    const [failure] = reply.failures;
    const { sources, left_out } = reply;
    // of an archive what could be read is in, and the rest is said beside it
    if (failure && sources.length === 0) return (queue) => fail(queue, path, failure);
    if (sources.length === 0) throw new Error(`The import of ${name} gave no source`);
    const fresh = sources.filter((source) => source.duplicate_of === undefined);
    const calls = fresh.reduce((sum, source) => sum + source.events, 0);
    session.say(
      fresh.length > 0
        ? `Imported ${counted(calls, "call")} from ${name}.`
        : `${name} is source ${sources[0]?.duplicate_of} already. Nothing was changed.`,
    );
    return (queue) => finish(queue, path, sources, left_out);
  } catch (error) {
    return (queue) => fail(queue, path, refusalOf(error));
  }
}
