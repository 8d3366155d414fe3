import { type KeyboardEvent, type RefObject, useEffect } from "react";
import type { GridHandle } from "../../parts/grid/props.ts";
import { NONE } from "../../parts/grid/ranges.ts";
import { useSteady } from "../../session/use-steady.ts";
import type { Selection } from "./rows/use-selection.ts";
import type { Panes } from "./state/use-panes.ts";

interface Focus {
  toRows(): void;
  toDetail(): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** Where the keys go: to the rows when the screen opens and on Esc, to the detail on Enter. */
export function useFocus(
  selection: Selection,
  panes: Panes,
  grid: RefObject<GridHandle | null>,
  region: RefObject<HTMLElement | null>,
  isShown: boolean,
): Focus {
  const toRows = useSteady(() => (selection.count > 0 ? grid.current?.focus() : region.current?.focus()));
  const toDetail = useSteady(() => {
    if (!panes.detail) panes.show("detail", true);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(".detail [role=tab][aria-selected=true], .detail")?.focus(),
    );
  });
  // who comes here by a key goes on by keys
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there are rows
  useEffect(() => {
    if (isShown && document.activeElement === document.body) toRows();
  }, [isShown]);
  /** Out one step: the selection, then nothing more; from any other part, to the rows. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const isInRows = region.current?.contains(event.target as Node) ?? false;
    if (isInRows && selection.ranges.length > 0) selection.setRanges(NONE);
    else if (!isInRows) {
      panes.closeDrawer();
      toRows();
    } else return;
    event.preventDefault();
  };
  return { toRows, toDetail, onKeyDown };
}
