import { Button, DialogBody, DialogFooter, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import { figure } from "../../../../shared/base/figure.ts";
import { Dialog } from "../../../parts/dialog.tsx";

export type Target = { readonly row: number } | { readonly time: number };

/** `1,204` or `2018-04-04 10:30`: a row as people count, from 1, or a time in µs. Pure. */
function targetOf(text: string): Target | undefined {
  const plain = text.trim();
  if (/^\d[\d, ]*$/u.test(plain)) {
    const row = Number(plain.replace(/[, ]/gu, ""));
    return row >= 1 && Number.isSafeInteger(row) ? { row } : undefined;
  }
  const found =
    /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?)?(?: ?(?:Z|UTC|([+-]\d{2}:\d{2})))?$/iu.exec(plain);
  if (!found) return undefined;
  const millis = Date.parse(`${found[1]}T${found[2] ?? "00:00"}${found[3] ?? ":00"}${found[4] ?? "Z"}`);
  return Number.isNaN(millis) ? undefined : { time: millis * 1000 };
}

interface GoToDialogProps {
  readonly isOpen: boolean;
  readonly count: number;
  onClose(): void;
  onGo(target: Target): void;
}

/** To a row by its number, or to the first call of a time. */
export function GoToDialog({ isOpen, count, onClose, onGo }: GoToDialogProps): ReactNode {
  const [text, setText] = useState("");
  const target = targetOf(text);
  const isBeyond = target !== undefined && "row" in target && target.row > count;
  useEffect(() => {
    if (isOpen) setText("");
  }, [isOpen]);
  return (
    <Dialog title="Go to a row or a time" isOpen={isOpen} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!target || isBeyond) return;
          onGo(target);
          onClose();
        }}
      >
        <DialogBody>
          <InputGroup
            autoFocus
            value={text}
            onValueChange={setText}
            placeholder="1,204 or 2018-04-04 10:30"
            aria-label="Row or time, UTC"
            className="mono"
          />
          {!target && text.trim() !== "" && (
            <p className="muted">Write a row, such as 1,204, or a day with or without a time.</p>
          )}
          {isBeyond && <p className="warning">There are {figure(count)} rows.</p>}
        </DialogBody>
        <DialogFooter
          actions={<Button intent="primary" type="submit" text="Go there" disabled={!target || isBeyond} />}
        >
          <span className="muted">Rows count from 1; times are UTC.</span>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
