import type { RefObject } from "react";
import type { GridHandle } from "../../parts/grid/props.ts";
import { useReadOnly } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import type { DialogActs } from "./dialogs/use-dialogs.ts";
import type { Selection } from "./rows/use-selection.ts";
import type { Panes } from "./state/use-panes.ts";

interface ScreenCommands {
  readonly selection: Selection;
  readonly dialogs: DialogActs;
  readonly panes: Panes;
  readonly grid: RefObject<GridHandle | null>;
  readonly region: RefObject<HTMLElement | null>;
  /** Nothing is shown yet. */
  readonly isEmpty: boolean;
  readonly isWaiting: boolean;
  readonly isComparing: boolean;
  onText(text: string): void;
  onCompare(): void;
  onDetail(): void;
  onMenu(at: { left: number; top: number } | undefined): void;
}

/** The commands that open something: dialogs, panes, the row's menu, the second filter. */
export function useScreenCommands({ selection, dialogs, panes, grid, region, ...props }: ScreenCommands): void {
  const { isEmpty, isWaiting, isComparing } = props;
  const readOnly = useReadOnly();
  const hasRows = selection.count > 0;
  const writes = { enabled: hasRows && readOnly === undefined, why: readOnly ?? "There is no call" };
  useCommand("tag.other", dialogs.openTag, writes);
  useCommand("note", dialogs.openNote, writes);
  useCommand("row.goto", dialogs.openGoTo, { enabled: hasRows, why: "There is no row" });
  useCommand("compare", props.onCompare, { enabled: !isEmpty, why: "Nothing is shown yet" });
  useCommand("filter.clear", () => props.onText(""));
  useCommand("filter.save", dialogs.openSave, {
    enabled: readOnly === undefined && !isWaiting,
    why: readOnly ?? "The filter has a mistake",
  });
  useCommand("view.export", dialogs.openExport, { enabled: !isEmpty, why: "Nothing is shown yet" });
  useCommand("facets", () => panes.show("facets", !panes.facets));
  useCommand("detail", () => panes.show("detail", !panes.detail));
  useCommand("row.detail", props.onDetail, {
    enabled: hasRows && !isComparing,
    why: isComparing ? "Two filters are compared in its place" : "There is no row",
    within: region,
  });
  useCommand("row.menu", () => props.onMenu(grid.current?.place()), { enabled: hasRows, why: "There is no row" });
}
