import { useEffect, useRef, useState } from "react";
import { useSession } from "../../session/session.tsx";

export const BEING_WORKED_OUT = "The change is being worked out";
/** What lies above the screen has its own Ctrl+Enter. */
const ABOVE = ".bp6-portal";

export interface Setting {
  readonly isAsked: boolean;
  ask(): void;
  end(): void;
}

/**
 * The dialog that sets the policy. Ctrl+Enter asks for it wherever on the screen the focus is. While the change is still being
 * worked out it waits for that: what was asked for is not lost.
 * @param why the policy cannot be set now
 */
export function useSetting(why: string | undefined): Setting {
  const session = useSession();
  const [state, setState] = useState<"none" | "waits" | "asked">("none");
  const latest = useRef(why);
  latest.current = why;
  useEffect(() => {
    if (state === "waits" && why !== BEING_WORKED_OUT) setState(why === undefined ? "asked" : "none");
  }, [state, why]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(ABOVE)) return;
      event.preventDefault();
      const { current } = latest;
      if (current === undefined) setState("asked");
      else {
        if (current === BEING_WORKED_OUT) setState("waits");
        session.say(current.endsWith(".") ? current : `${current}.`);
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [session]);
  return { isAsked: state === "asked", ask: () => setState("asked"), end: () => setState("none") };
}
