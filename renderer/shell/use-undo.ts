import type { Undoable, UndoableAct } from "../../shared/model/undoable.ts";
import { ask } from "../session/client.ts";
import { refusalOf } from "../session/refusal.ts";
import { useSession } from "../session/session.tsx";
import { useAsk } from "../session/use-ask.ts";
import { counted } from "../text/format.ts";
import { actWords } from "../views/custody/words.ts";

interface State {
  readonly enabled: boolean;
  readonly why?: string | undefined;
}

/** Undo and Redo of tags and notes: only while such an act is the last of the case, and else with the reason why not. */
export function useUndo(writable: State): {
  run(way: "undo" | "redo"): void;
  readonly undoState: State;
  readonly redoState: State;
} {
  const session = useSession();
  const { reply, isCurrent } = useAsk("undoable", writable.enabled ? {} : undefined);
  const take = async (way: "undo" | "redo") => {
    // asked anew: the key may come before the answer to the act before it
    const now = await ask("undoable", {});
    const offered = now[way];
    if (!offered) return session.say(`${whyNot(way, now)}.`);
    await session.act(way, { act: offered.act });
    session.say(`${way === "undo" ? "Undone" : "Redone"}: ${words(offered)}.`, {
      offers: way === "undo" ? "redo" : "undo",
    });
  };
  const run = (way: "undo" | "redo") => {
    take(way).catch((error: unknown) => session.say("", { error: refusalOf(error) }));
  };
  const stateOf = (way: "undo" | "redo"): State => {
    if (!writable.enabled) return writable;
    if (reply?.[way] || !isCurrent) return { enabled: true };
    return { enabled: false, why: whyNot(way, reply ?? {}) };
  };
  return { run, undoState: stateOf("undo"), redoState: stateOf("redo") };
}

const words = ({ what, events }: UndoableAct): string => `${what} ${counted(events, "call")}`;

function whyNot(way: "undo" | "redo", reply: Undoable): string {
  if (way === "redo") return "Nothing was undone that can be done again";
  const { after } = reply;
  if (after === undefined) return "Nothing to undo: no tag or note was made";
  const said = actWords({ act: after.act, detail: { ...after.detail, reason: "", note: undefined } }).replace(
    /: $/u,
    "",
  );
  const end = after.act === "finding" ? ". A decision is reopened" : "";
  return `Nothing to undo here: the last act ${said}${end}`;
}
