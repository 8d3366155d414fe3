import type { Undoable, UndoableAct } from "../../shared/model/undoable.ts";
import type { Case } from "../case/case.ts";

const ANNOTATIONS: ReadonlySet<string> = new Set(["tag", "untag", "note", "undo", "redo"]);
/** What the program does by itself on the way: nobody waits for Undo to take it back, and nothing else came between. */
const BY_ITSELF: ReadonlySet<string> = new Set(["cache made anew", "output finished", "output lost"]);

interface Entry {
  readonly act: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * What Undo and Redo would do, if the last acts of the case were tags and notes. An older one behind an act of another kind is
 * not taken back: whoever presses Undo means what was done last.
 */
export function undoableActs({ db }: Pick<Case, "db">): Undoable {
  const done: UndoableAct[] = [];
  const undone: UndoableAct[] = [];
  const met = new Set<number>();
  let isFresh = true;
  for (const entry of db.prepare("select entry from custody order by seq desc").pluck().iterate()) {
    const { act, detail } = JSON.parse(entry as string) as Entry;
    if (BY_ITSELF.has(act)) continue;
    if (!ANNOTATIONS.has(act)) return offered(done, undone, { act, detail });
    const id = detail.act as number;
    if (met.has(id)) continue;
    met.add(id);
    const kind = act === "undo" || act === "redo" ? (detail.kind as string) : act;
    const row = {
      act: id,
      what: wordsOf(kind, detail),
      filter: String(detail.filter ?? ""),
      events: Number(detail.events ?? 0),
    };
    // only what was undone since the newest act can be done again
    if (act === "undo") {
      if (isFresh) undone.push(row);
    } else {
      done.push(row);
      if (act !== "redo") isFresh = false;
    }
  }
  return offered(done, undone, undefined);
}

function offered(done: readonly UndoableAct[], undone: readonly UndoableAct[], after: Entry | undefined): Undoable {
  const newest = (rows: readonly UndoableAct[]) => rows.toSorted((a, b) => b.act - a.act);
  const [undo] = newest(done);
  const redo = newest(undone).at(-1);
  return { ...(undo ? { undo } : {}), ...(redo ? { redo } : {}), ...(after ? { after } : {}) };
}

/** `tag Reviewed on 686 calls`, without the number, which is figured where it is shown. */
function wordsOf(kind: string, { tag }: Entry["detail"]): string {
  if (kind === "note") return "note on";
  return kind === "untag" ? `tag ${String(tag)} taken off` : `tag ${String(tag)} on`;
}
