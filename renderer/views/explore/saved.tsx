import { Button, DialogBody, DialogFooter, InputGroup, MenuDivider, MenuItem, Popover } from "@blueprintjs/core";
import { CaretDown } from "@blueprintjs/icons";
import { memo, type ReactNode, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { SavedFilter } from "../../../shared/model/explore.ts";
import { ArrowMenu } from "../../parts/arrow-menu.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";

/** The case's filters by name: a click goes there, and Back returns. */
export const SavedMenu = memo(function SavedMenu({
  onColumns,
}: {
  onColumns(columns: readonly string[]): void;
}): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
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
        </ArrowMenu>
      }
    >
      <Button text="Saved" endIcon={<CaretDown size={12} aria-hidden />} />
    </Popover>
  );
});

interface SaveDialogProps {
  readonly isOpen: boolean;
  readonly filter: string;
  readonly sort: string | undefined;
  columns(): readonly string[];
  onClose(): void;
}

export function SaveDialog({ isOpen, filter, sort, columns, onClose }: SaveDialogProps): ReactNode {
  const session = useSession();
  const [name, setName] = useState("");
  const [refused, setRefused] = useState<RefusalData>();
  const asked = useAsk("savedFilters", isOpen ? {} : undefined);
  const isThere = asked.reply?.filters.some((saved) => saved.name === name.trim()) ?? false;
  useEffect(() => {
    if (isOpen) setRefused(undefined);
    else setName("");
  }, [isOpen]);
  const save = () =>
    session.act("saveFilter", { name, filter, ...(sort === undefined ? {} : { sort }), columns: [...columns()] }).then(
      () => {
        flushSync(onClose);
        session.say(`Saved the filter ${name.trim()}.`);
      },
      (error: unknown) => setRefused(refusalOf(error)),
    );
  return (
    <Dialog title="Save this filter" isOpen={isOpen} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void save();
        }}
      >
        <DialogBody>
          <p className="mono saved-text">{filter === "" ? "every call" : <Inert text={filter} most={1000} />}</p>
          <InputGroup
            autoFocus
            value={name}
            onValueChange={setName}
            maxLength={100}
            placeholder="Name"
            aria-label="Name"
          />
          {isThere && <p className="warning">A filter of that name is there already; this one takes its place.</p>}
          {refused && <ErrorPanel error={refused} />}
        </DialogBody>
        <DialogFooter
          actions={<Button intent="primary" type="submit" text="Save filter" disabled={name.trim() === ""} />}
        >
          <span className="muted">With the order and the columns as they are.</span>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
