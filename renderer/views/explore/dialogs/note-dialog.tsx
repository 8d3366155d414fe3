import { Button, DialogBody, DialogFooter, TextArea } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../../shared/base/errors.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { useUnsaved } from "../../../session/use-unsaved.ts";
import { counted } from "../../../text/format.ts";
import type { Picks } from "../rows/picked-calls.ts";
import { type Scope, ScopeChoice } from "./scope-choice.tsx";

interface NoteDialogProps {
  readonly isOpen: boolean;
  readonly chosen: Picks | undefined;
  readonly all: Picks;
  onClose(): void;
  onNote(picks: Picks, note: string): Promise<RefusalData | undefined>;
}

/** Writes a note on calls. */
export function NoteDialog({ isOpen, chosen, all, onClose, onNote }: NoteDialogProps): ReactNode {
  return (
    <Dialog title="Note" isOpen={isOpen} onClose={onClose} canOutsideClickClose={false}>
      {isOpen && <NoteForm {...{ chosen, all, onClose, onNote }} />}
    </Dialog>
  );
}

function NoteForm({ chosen, all, onClose, onNote }: Omit<NoteDialogProps, "isOpen">): ReactNode {
  const [scope, setScope] = useState<Scope>(chosen ? "chosen" : "all");
  const [text, setText] = useUnsaved("note");
  const [refused, setRefused] = useState<RefusalData>();
  const picks = scope === "chosen" && chosen ? chosen : all;
  const isEmpty = text.trim() === "" || picks.count === 0;
  const act = async () => {
    const error = await onNote(picks, text);
    if (error) return setRefused(error);
    setText("");
    flushSync(onClose);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) void act();
      }}
    >
      <DialogBody>
        <ScopeChoice chosen={chosen} all={all} scope={scope} onScope={setScope} />
        <TextArea
          autoFocus
          fill
          rows={4}
          value={text}
          maxLength={20_000}
          aria-label="Note"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isEmpty) void act();
          }}
        />
        {refused && <ErrorPanel error={refused} />}
      </DialogBody>
      <DialogFooter
        actions={
          <Button intent="primary" type="submit" text={`Note on ${counted(picks.count, "call")}`} disabled={isEmpty} />
        }
      />
    </form>
  );
}
