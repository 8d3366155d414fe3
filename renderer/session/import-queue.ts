import type { RefusalData } from "../../shared/base/errors.ts";
import type { Chosen } from "../../shared/contract/chosen.ts";
import type { Progress } from "../../shared/contract/contract.ts";
import type { InspectedFile } from "../../shared/contract/desktop.ts";
import type { LeftOut, SourceReport } from "../../shared/model/source.ts";
import type { MappingDraft } from "./mapping-draft.ts";

/** The files of the import screen, from choice to ledger. They are imported one after the other; every change here is pure. */

export interface ImportChoice {
  readonly format?: string;
  readonly timezone?: string;
  /** `name`: of its file, or of a saved one; absent: it was made by hand here. */
  readonly mapping?: { readonly name?: string; readonly document: MappingDraft };
  /** The original stays where it is: hashed and watched, not copied. */
  readonly byReference?: true;
}

export interface ImportItem {
  readonly path: Chosen;
  readonly status: "chosen" | "waiting" | "running" | "paused" | "done" | "failed";
  readonly choice: ImportChoice;
  readonly found?: InspectedFile;
  /** Why it cannot be imported as chosen, or why its import ended. */
  readonly error?: RefusalData;
  readonly progress?: Progress;
  /** It was begun before: the import goes on where it stopped. */
  readonly isResumed?: true;
  /** What became of it: a source, or those of an archive or folder, and what in it is none. */
  readonly reports?: readonly SourceReport[];
  readonly leftOut?: readonly LeftOut[];
}

export type ImportQueue = readonly ImportItem[];

/** Files that were chosen or dropped, each once. One that is done or failed may be chosen again. */
export function choose(queue: ImportQueue, paths: readonly Chosen[], isResumed = false): ImportQueue {
  const fresh = [...new Set(paths)];
  const kept = queue.filter((item) => !fresh.includes(item.path) || isBusy(item));
  const added = fresh.filter((path) => !kept.some((item) => item.path === path));
  return [
    ...kept,
    ...added.map((path): ImportItem => ({ path, status: "chosen", choice: {}, ...(isResumed ? { isResumed } : {}) })),
  ];
}

/** Another format, zone or mapping. What was detected before is shown until it is looked at again. */
export function changeChoice(queue: ImportQueue, path: string, choice: ImportChoice): ImportQueue {
  return edit(queue, path, ({ error: _, ...item }) => ({ ...item, choice }));
}

/** What was found out of a file as it is chosen. A refusal leaves what was found before, to be mended. */
export function detectedAs(
  queue: ImportQueue,
  path: string,
  looked: InspectedFile | { refused: RefusalData },
): ImportQueue {
  return edit(queue, path, ({ error: _, ...item }) => {
    if (!("looks" in looked)) return { ...item, error: looked.refused };
    const choice = looked.saved ? { ...item.choice, mapping: looked.saved } : item.choice;
    return { ...item, choice, found: looked };
  });
}

/** Everything that can be imported waits for its turn. */
export function enqueue(queue: ImportQueue): ImportQueue {
  return queue.map((item) =>
    item.status === "chosen" && item.found && !item.error ? { ...item, status: "waiting" } : item,
  );
}

export function nextWaiting(queue: ImportQueue): ImportItem | undefined {
  return queue.some((item) => item.status === "running") ? undefined : queue.find((item) => item.status === "waiting");
}

export function begin(queue: ImportQueue, path: string): ImportQueue {
  return edit(queue, path, ({ error: _, progress: __, ...item }) => ({ ...item, status: "running" }));
}

export function advance(queue: ImportQueue, path: string, progress: Progress): ImportQueue {
  return edit(queue, path, (item) => ({ ...item, progress }));
}

export function finish(
  queue: ImportQueue,
  path: string,
  reports: readonly SourceReport[],
  leftOut: readonly LeftOut[] = [],
): ImportQueue {
  return edit(queue, path, (item) => ({ ...item, status: "done", reports, leftOut }));
}

/** A stopped import is paused, with all that is committed; any other error ends it. */
export function fail(queue: ImportQueue, path: string, error: RefusalData): ImportQueue {
  return edit(queue, path, (item) =>
    error.code === "cancelled" ? { ...item, status: "paused", isResumed: true } : { ...item, status: "failed", error },
  );
}

/** A paused or interrupted import goes on; so does one that was begun another day. */
export function resume(queue: ImportQueue, path: string): ImportQueue {
  return edit(queue, path, ({ error: _, ...item }) => ({ ...item, status: "waiting", isResumed: true }));
}

/** A failed import from its beginning. */
export function retry(queue: ImportQueue, path: string): ImportQueue {
  return edit(queue, path, ({ error: _, isResumed: __, ...item }) => ({ ...item, status: "waiting" }));
}

/** Takes an item off the list. What is under way is stopped first. */
export function drop(queue: ImportQueue, path: string): ImportQueue {
  return queue.filter((item) => item.path !== path || item.status === "running");
}

/** Takes what waits out of the queue again. */
export function unqueue(queue: ImportQueue): ImportQueue {
  return queue.map((item) =>
    item.status === "waiting" ? { ...item, status: item.isResumed ? "paused" : "chosen" } : item,
  );
}

const isBusy = (item: ImportItem): boolean => item.status === "running" || item.status === "waiting";

function edit(queue: ImportQueue, path: string, change: (item: ImportItem) => ImportItem): ImportQueue {
  return queue.map((item) => (item.path === path ? change(item) : item));
}
