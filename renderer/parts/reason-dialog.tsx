import { Button, DialogBody, DialogFooter, TextArea } from "@blueprintjs/core";
import { type ReactNode, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../shared/base/errors.ts";
import { refusalOf } from "../session/refusal.ts";
import { useUnsaved } from "../session/use-unsaved.ts";
import { Dialog } from "./dialog.tsx";
import { ErrorPanel } from "./error-panel.tsx";

interface ReasonDialogProps {
  readonly title: string;
  /** Whose reason it is: one that was begun and not given is there again when the same is asked of the same. */
  readonly about: string;
  /** Its button. */
  readonly verb: string;
  /** What it is about, with the numbers that will change. */
  readonly children: ReactNode;
  /** @throws RefusalData, shown under the reason */
  onReason(reason: string): Promise<void>;
  onClose(): void;
}

/** An act that wants its reason: Ctrl+Enter or the button does it, and what is refused is said beside it. */
export function ReasonDialog({ title, about, verb, children, onReason, onClose }: ReasonDialogProps): ReactNode {
  const [reason, setReason] = useUnsaved(`${title} ${about}`);
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const isEmpty = reason.trim() === "";

  const submit = async () => {
    if (isEmpty || isBusy) return field.current?.focus();
    setIsBusy(true);
    try {
      await onReason(reason);
      setReason("");
      flushSync(onClose);
    } catch (fault) {
      setError(refusalOf(fault));
      setIsBusy(false);
    }
  };

  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <DialogBody>
        <div
          role="presentation"
          onKeyDown={(event) => {
            // From any field of it, and not the reason's alone.
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
          }}
        >
          {children}
          <label className="reason-label" htmlFor={id}>
            Reason
          </label>
          <TextArea
            id={id}
            autoFocus
            inputRef={field}
            fill
            rows={4}
            value={reason}
            required
            aria-describedby={`${id}-say`}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <p id={`${id}-say`} className="muted">
            Goes into the case's record with your name and the time, and is never changed.
          </p>
        </div>
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={onClose} />
            <Button intent="primary" text={verb} disabled={isEmpty} loading={isBusy} onClick={() => void submit()} />
          </>
        }
      />
    </Dialog>
  );
}
