import { useState } from "react";
import { drop, type ImportItem, type ImportQueue, resume, retry, unqueue } from "../../session/import-queue.ts";
import { runImports } from "../../session/run-imports.ts";
import { useSession, useShared } from "../../session/session.tsx";
import { withImports } from "../../session/state.ts";
import { fileName } from "../../text/format.ts";

export interface ItemActs {
  readonly isCancelling: boolean;
  /** Takes the file off the list. */
  remove(): void;
  /** Goes on where it stopped. */
  goOn(): void;
  /** Begins anew. */
  again(): void;
  pause(): void;
  /** Stops this file and those that wait. */
  cancel(): void;
}

/** What can be done with a file of the list. */
export function useItemActs({ path }: ImportItem): ItemActs {
  const session = useSession();
  const job = useShared((state) => state.jobs.find((each) => each.title === `Import ${fileName(path)}`));
  const [isCancelling, setIsCancelling] = useState(false);
  const update = (change: (queue: ImportQueue) => ImportQueue) =>
    session.store.update((state) => withImports(state, change));
  const pause = () => {
    if (job) session.stop(job.id);
  };
  return {
    isCancelling,
    remove: () => update((queue) => drop(queue, path)),
    goOn() {
      update((queue) => resume(queue, path));
      void runImports(session);
    },
    again() {
      update((queue) => retry(queue, path));
      void runImports(session);
    },
    pause,
    cancel() {
      setIsCancelling(true);
      update(unqueue);
      pause();
    },
  };
}
