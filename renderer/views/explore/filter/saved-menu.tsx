import { Button, MenuDivider, MenuItem, Popover } from "@blueprintjs/core";
import { CaretDown } from "@blueprintjs/icons";
import { memo, type ReactNode } from "react";
import type { SavedFilter } from "../../../../shared/model/explore.ts";
import { ArrowMenu } from "../../../parts/arrow-menu.tsx";
import { Inert, inertText } from "../../../parts/inert.tsx";
import { refusalOf } from "../../../session/refusal.ts";
import { useReadOnly, useSession } from "../../../session/session.tsx";
import { useAsk } from "../../../session/use-ask.ts";
import { useCommandState } from "../../../session/use-command.ts";

/** The case's filters by name: a click goes there, and Back returns. */
export const SavedMenu = memo(function SavedMenu({
  onColumns,
}: {
  onColumns(columns: readonly string[]): void;
}): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const rule = useCommandState("policy.filter");
  const asked = useAsk("savedFilters", {});
  const filters = asked.reply?.filters ?? [];
  const open = ({ filter, sort, columns }: SavedFilter) => {
    session.go({ text: filter, sort });
    if (columns) onColumns(columns);
  };
  const forget = (saved: SavedFilter) =>
    session.act("forgetFilter", { name: saved.name }).then(
      () => session.say(`Forgot the filter ${saved.name}.`),
      (error: unknown) => session.say("", { error: refusalOf(error) }),
    );
  return (
    <Popover
      minimal
      placement="bottom-end"
      transitionDuration={0}
      shouldReturnFocusOnClose
      content={
        <ArrowMenu label="Saved filters" className="saved-menu">
          {filters.length === 0 && <MenuItem disabled text="No saved filters" />}
          {filters.map((saved) => (
            <MenuItem
              key={saved.name}
              text={<Inert text={saved.name} />}
              labelElement={
                <span className="mono cut">
                  <Inert text={saved.filter} most={200} />
                </span>
              }
              title={inertText(saved.filter)}
              onClick={() => open(saved)}
            />
          ))}
          {filters.length > 0 && readOnly === undefined && (
            <>
              <MenuDivider />
              <MenuItem text="Forget" popoverProps={{ usePortal: true }}>
                {filters.map((saved) => (
                  <MenuItem key={saved.name} text={<Inert text={saved.name} />} onClick={() => void forget(saved)} />
                ))}
              </MenuItem>
            </>
          )}
          <MenuDivider />
          <MenuItem
            text="Make a rule of this filter"
            disabled={!rule.isEnabled}
            title={rule.why ?? ""}
            onClick={rule.run}
          />
        </ArrowMenu>
      }
    >
      <Button text="Saved" endIcon={<CaretDown size={12} aria-hidden />} />
    </Popover>
  );
});
