import type { ReactNode } from "react";
import { useSession } from "../session/session.tsx";
import { useAsk } from "../session/use-ask.ts";

/** The way from the steps of remedy to what is due, with how many clocks run. */
export function ClocksTab({ className }: { className: string }): ReactNode {
  const session = useSession();
  const { reply } = useAsk("dueClocks", {});
  const running = (reply?.clocks ?? []).filter(({ state }) => state === "running" || state === "overdue").length;
  return (
    <button type="button" className={className} onClick={() => session.go({ screen: "clocks", of: undefined })}>
      Clocks {running > 0 && <span className="muted">{running} running</span>}
    </button>
  );
}
