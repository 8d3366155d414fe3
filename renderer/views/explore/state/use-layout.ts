import { useCallback, useMemo } from "react";
import type { Stack } from "../../../../shared/model/explore.ts";
import type { Layout } from "../../../parts/grid/layout.ts";
import { useSession, useShared } from "../../../session/session.tsx";
import { useSteady } from "../../../session/use-steady.ts";
import { type ExploreLayout, layoutOf } from "./layout.ts";

export interface LayoutActs {
  readonly layout: ExploreLayout;
  toggleLog(): void;
  setStack(stack: Stack): void;
  setWithin(isWithin: boolean): void;
  /** @param limit how many values the facet shows; absent: it closes */
  openFacet(field: string, limit: number | undefined): void;
  keepColumns(columns: Layout): void;
}

/** How this machine shows Explore, and what changes that. */
export function useLayout(): LayoutActs {
  const session = useSession();
  const stored = useShared((state) => state.settings.layout.explore);
  const layout = useMemo(() => layoutOf(stored), [stored]);
  const change = useCallback(
    (next: Partial<ExploreLayout>) => {
      const { layout } = session.store.get().settings;
      session.change({ layout: { ...layout, explore: { ...layoutOf(layout.explore), ...next } } });
    },
    [session],
  );
  return {
    layout,
    toggleLog: useSteady(() => change({ log: !layout.log })),
    setStack: useSteady((stack: Stack) => change({ stack })),
    setWithin: useSteady((isWithin: boolean) => change({ within: isWithin })),
    openFacet: useSteady((field: string, limit: number | undefined) => {
      const { [field]: _, ...others } = layout.open;
      change({ open: limit === undefined ? others : { ...others, [field]: limit } });
    }),
    keepColumns: useSteady((columns: Layout) => change({ columns: columns.map((each) => ({ ...each })) })),
  };
}
