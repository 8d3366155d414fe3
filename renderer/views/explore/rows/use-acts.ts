import type { RefusalData } from "../../../../shared/base/errors.ts";
import { refusalOf } from "../../../session/refusal.ts";
import { useSession } from "../../../session/session.tsx";
import { counted } from "../../../text/format.ts";
import type { Picks } from "./picked-calls.ts";

export interface Acts {
  /** Resolves with what refused it. */
  tag(picks: Picks, tag: string, remove: boolean): Promise<RefusalData | undefined>;
  note(picks: Picks, note: string): Promise<RefusalData | undefined>;
}

/** Tags and notes, said with their number; Undo beside. */
export function useActs(): Acts {
  const session = useSession();
  return {
    async tag(picks, tag, remove) {
      try {
        const { events } = await session.act("tag", { ...picks.input, tag, ...(remove ? { remove } : {}) });
        const what = remove
          ? `Took ${tag.trim()} off ${counted(events, "call")}.`
          : `Tagged ${counted(events, "call")} ${tag.trim()}.`;
        session.say(what, { offers: "undo" });
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    },
    async note(picks, note) {
      try {
        const { events } = await session.act("note", { ...picks.input, note });
        session.say(`Noted on ${counted(events, "call")}.`, { offers: "undo" });
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}
