import { MenuItem } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { ArrowMenu } from "../../../parts/arrow-menu.tsx";
import { COLUMNS } from "../../../parts/grid/columns.ts";
import type { Layout } from "../../../parts/grid/layout.ts";

/** Which columns the rows show. */
export function ColumnsMenu({
  visible,
  onColumns,
}: {
  visible: readonly string[];
  onColumns(visible: readonly string[]): void;
}): ReactNode {
  return (
    <ArrowMenu role="listbox" label="Columns" className="columns-menu">
      {COLUMNS.map(({ id, title }) => {
        const isShown = visible.includes(id);
        return (
          <MenuItem
            key={id}
            text={title}
            roleStructure="listoption"
            selected={isShown}
            disabled={isShown && visible.length === 1}
            shouldDismissPopover={false}
            onClick={() => onColumns(isShown ? visible.filter((each) => each !== id) : [...visible, id])}
          />
        );
      })}
    </ArrowMenu>
  );
}

/** The columns that a layout shows, by id. */
export const visibleOf = (layout: Layout): string[] =>
  COLUMNS.filter(({ id, isHidden }) => !(layout.find((each) => each.id === id)?.isHidden ?? isHidden ?? false)).map(
    ({ id }) => id,
  );
