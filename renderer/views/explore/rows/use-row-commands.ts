import type { RefObject } from "react";
import type { GridHandle } from "../../../parts/grid/props.ts";
import { type Ranges, toggled } from "../../../parts/grid/ranges.ts";
import { ask } from "../../../session/client.ts";
import { useSession } from "../../../session/session.tsx";
import { useCommand } from "../../../session/use-command.ts";
import type { View } from "../state/use-view.ts";
import { copyRows } from "./copy-rows.ts";
import type { Selection } from "./use-selection.ts";

interface RowCommands {
  readonly view: View | undefined;
  readonly selection: Selection;
  readonly grid: RefObject<GridHandle | null>;
  /** The part of the screen with the rows. */
  readonly region: RefObject<HTMLElement | null>;
}

/** To a row, choosing rows, copying them, and from one tagged call to the next. */
export function useRowCommands({ view, selection, grid, region }: RowCommands): void {
  const { count, row, ranges, setRow, setRanges } = selection;
  const session = useSession();
  const anywhere = { enabled: count > 0, why: count > 0 ? undefined : "There is no row" };
  const inRows = { ...anywhere, within: region };
  useCommand("row.first", () => setRow(0), anywhere);
  useCommand("row.last", () => setRow(count - 1), anywhere);
  useCommand("select.all", () => setRanges([[0, count]]), inRows);
  useCommand("select.row", () => setRanges(toggled(ranges, row)), inRows);
  useCommand("select.extend", () => grid.current?.extend(), inRows);
  const copy = () => {
    const chosen: Ranges = ranges.length > 0 ? ranges : [[row, row + 1]];
    if (view) void copyRows(session, view, chosen, grid.current?.shownColumns() ?? []);
  };
  useCommand("copy", copy, inRows);

  const seekTagged = async (way: 1 | -1) => {
    if (!view) return;
    const { filter, sort } = view.reply;
    const found = await ask("seek", { filter, ...(sort === undefined ? {} : { sort }), tagged: { row, way } }).catch(
      () => undefined,
    );
    if (found?.row !== undefined) setRow(found.row);
    else session.say(way === 1 ? "No tagged call further down." : "No tagged call further up.");
  };
  useCommand("tagged.next", () => void seekTagged(1), anywhere);
  useCommand("tagged.previous", () => void seekTagged(-1), anywhere);
}
