import { ContextMenuPopover, MenuDivider, MenuItem } from "@blueprintjs/core";
import type { ReactNode, RefObject } from "react";
import type { CommandId } from "../../../../shared/contract/commands.ts";
import { commandOf, keysOf } from "../../../../shared/contract/commands.ts";
import { shownKeys } from "../../../../shared/contract/key-chords.ts";
import type { CallRow } from "../../../../shared/model/explore.ts";
import { isMac } from "../../../commands/platform.ts";
import { ArrowMenu } from "../../../parts/arrow-menu.tsx";
import { columnOf, literalOf } from "../../../parts/grid/columns.ts";
import type { GridHandle } from "../../../parts/grid/props.ts";
import { Inert } from "../../../parts/inert.tsx";
import { useSession } from "../../../session/session.tsx";

const COMMAND_GROUPS: readonly (readonly CommandId[])[] = [
  ["cell.include", "cell.exclude", "cell.only"],
  ["same.developer", "same.app", "same.actor", "same.ip", "same.request"],
  ["tag.other", "note", "copy", "row.detail"],
];

interface RowPopoverProps {
  /** Where it opens; absent: closed. */
  readonly at: { readonly left: number; readonly top: number } | undefined;
  readonly grid: RefObject<GridHandle | null>;
  readonly current: CallRow | undefined;
  onClose(): void;
}

/** What can be done with the current row and cell; each line shows its key. */
export function RowPopover({ at, grid, current, onClose }: RowPopoverProps): ReactNode {
  const column = columnOf(at ? (grid.current?.column() ?? "") : "");
  return (
    <ContextMenuPopover
      isOpen={at !== undefined}
      targetOffset={at ?? { left: 0, top: 0 }}
      transitionDuration={0}
      onClose={() => {
        onClose();
        grid.current?.focus();
      }}
      content={<RowMenu value={column && current ? literalOf(column, current) : undefined} onDone={onClose} />}
    />
  );
}

function RowMenu({ value, onDone }: { value: string | undefined; onDone(): void }): ReactNode {
  const session = useSession();
  return (
    <ArrowMenu label="Row" className="row-menu">
      {value !== undefined && (
        <li className="row-menu-value muted mono cut" role="presentation">
          <Inert text={value} most={60} />
        </li>
      )}
      {COMMAND_GROUPS.map((group, index) => (
        <Group key={group[0]} hasLine={index > 0}>
          {group.map((id) => {
            const handler = session.commands.find(id);
            return (
              <MenuItem
                key={id}
                text={commandOf(id).title}
                label={shownKeys(keysOf(id, isMac)[0] ?? "", isMac)}
                disabled={!handler?.isEnabled}
                title={handler?.isEnabled ? "" : (handler?.why ?? "")}
                onClick={() => {
                  onDone();
                  session.commands.run(id);
                }}
              />
            );
          })}
        </Group>
      ))}
    </ArrowMenu>
  );
}

function Group({ hasLine, children }: { hasLine: boolean; children: ReactNode }): ReactNode {
  return (
    <>
      {hasLine && <MenuDivider />}
      {children}
    </>
  );
}
