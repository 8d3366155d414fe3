import { useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { counted } from "../../text/format.ts";

/** Clocks out of a file, and due dates into one. */
export function useClockFiles(): { error: RefusalData | undefined; take(): void; calendar(): void } {
  const session = useSession();
  const [error, setError] = useState<RefusalData>();
  const said = (act: () => Promise<void>) => () => {
    setError(undefined);
    act().catch((fault: unknown) => setError(refusalOf(fault)));
  };
  return {
    error,
    take: said(async () => {
      const { files } = await desktop("chooseFiles", { kind: "clocks" });
      const [file] = files;
      if (file === undefined) return;
      const { clocks } = await session.act("dueClocks", { file });
      session.say(`${counted(clocks.length, "clock")} in force.`);
    }),
    calendar: said(async () => {
      const { file } = await desktop("chooseSave", { name: "due.ics", title: "Save the due dates" });
      if (file === undefined) return;
      const { events } = await session.act("dueCalendar", { file });
      session.say(`Saved ${counted(events, "due date")}.`);
    }),
  };
}
