import { useCallback, useEffect, useRef } from "react";
import { ROW_PX } from "../../../parts/grid/theme.ts";
import { useSession } from "../../../session/session.tsx";

/** The first row seen, and how many are. */
export interface Sight {
  readonly top: number;
  readonly fit: number;
}

/** Where the grid stands, and what it is to tell that to. */
export function useSight(): [{ readonly current: Sight }, (top: number, fit: number) => void] {
  // before it says so: all that the window could hold
  const sight = useRef<Sight>({ top: 0, fit: Math.ceil(window.innerHeight / ROW_PX) });
  const onView = useCallback((top: number, fit: number) => {
    sight.current = { top, fit };
  }, []);
  return [sight, onView];
}

/** The engine begins with another place before the page has drawn that it holds. */
export function useLookAhead(sight: { readonly current: Sight }): void {
  const { ahead } = useSession();
  useEffect(() => ahead.watch(() => sight.current.fit), [ahead, sight]);
}
