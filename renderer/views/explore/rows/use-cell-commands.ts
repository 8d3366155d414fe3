import type { RefObject } from "react";
import type { FieldName } from "../../../../shared/filter/fields.ts";
import { exclude, include, only } from "../../../../shared/filter/splice.ts";
import type { CallRow } from "../../../../shared/model/explore.ts";
import { columnOf, literalOf } from "../../../parts/grid/columns.ts";
import type { GridHandle } from "../../../parts/grid/props.ts";
import { useSession } from "../../../session/session.tsx";
import { useCommand } from "../../../session/use-command.ts";
import type { ControlProps } from "../filter/control-props.ts";
import type { Selection } from "./use-selection.ts";

/** A value of the current row goes into the filter: of the cell that keys act on, or of a field by its own key. */
export function useCellCommands(
  grid: RefObject<GridHandle | null>,
  { current, count }: Selection,
  { text, isWaiting, onText }: ControlProps,
): void {
  const session = useSession();
  const options = { enabled: count > 0, why: count > 0 ? undefined : "There is no row" };
  const splice = (
    change: (text: string, field: FieldName, value: string) => string,
    field: FieldName | undefined,
    value: string | undefined,
  ) => {
    if (field === undefined || value === undefined) session.say("This cell holds no value to filter by.");
    else if (!isWaiting) onText(change(text, field, value));
  };
  const cell = (): [FieldName | undefined, string | undefined] => {
    const column = columnOf(grid.current?.column() ?? "");
    return [column?.field, column && current ? literalOf(column, current) : undefined];
  };
  useCommand("cell.include", () => splice(include, ...cell()), options);
  useCommand("cell.exclude", () => splice(exclude, ...cell()), options);
  useCommand("cell.only", () => splice(only, ...cell()), options);
  const same = (field: FieldName & keyof CallRow) => () =>
    splice(include, field, current?.[field] === undefined ? undefined : String(current[field]));
  useCommand("same.developer", same("developer"), options);
  useCommand("same.app", same("app"), options);
  useCommand("same.actor", same("actor"), options);
  useCommand("same.ip", same("ip"), options);
  useCommand("same.request", same("request_id"), options);
}
