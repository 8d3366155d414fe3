import { useState, useSyncExternalStore } from "react";
import { useSession, useShared } from "../../../session/session.tsx";

type Pane = "facets" | "detail";

export interface Panes {
  readonly facets: boolean;
  readonly detail: boolean;
  /** At 200 % zoom, and in narrow windows, both are drawers over the rows: one at a time, opened when wanted. */
  readonly areDrawers: boolean;
  show(pane: Pane, isShown: boolean): void;
  closeDrawer(): void;
}

const narrow = window.matchMedia("(width < 1000px)");

function watch(listener: () => void): () => void {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

/** What stands beside the rows: as this machine has it set, or the drawer that is open. */
export function usePanes(): Panes {
  const session = useSession();
  const showFacets = useShared((state) => state.settings.showFacets);
  const showDetail = useShared((state) => state.settings.showDetail);
  const areDrawers = useSyncExternalStore(watch, () => narrow.matches);
  const [drawer, setDrawer] = useState<Pane>();
  return {
    facets: areDrawers ? drawer === "facets" : showFacets,
    detail: areDrawers ? drawer === "detail" : showDetail,
    areDrawers,
    show(pane, isShown) {
      if (areDrawers) setDrawer(isShown ? pane : undefined);
      else session.change(pane === "facets" ? { showFacets: isShown } : { showDetail: isShown });
    },
    closeDrawer: () => setDrawer(undefined),
  };
}
