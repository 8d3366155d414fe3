import { Button, DialogBody, DialogFooter, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../../shared/base/errors.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { Inert } from "../../../parts/inert.tsx";
import { refusalOf } from "../../../session/refusal.ts";
import { useSession } from "../../../session/session.tsx";
import { useAsk } from "../../../session/use-ask.ts";

interface SaveDialogProps {
  readonly isOpen: boolean;
  readonly filter: string;
  readonly sort: string | undefined;
  columns(): readonly string[];
  onClose(): void;
}

/** Keeps the filter under a name, with the order and the columns as they are. */
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
