import { Button, DialogBody, DialogFooter, TextArea } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { counted } from "../../text/format.ts";

interface Props {
  readonly change: Reply<"policyDryRun">;
  /** @throws RefusalData */
  readonly onSet: (note: string) => Promise<void>;
  readonly onClose: () => void;
}

/** The numbers that will change, once more, and a note for custody. */
export function SetDialog({ change, onSet, onClose }: Props): ReactNode {
  const [note, setNote] = useState("");
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  const submit = async () => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      await onSet(note);
      flushSync(onClose);
    } catch (fault) {
      setError(refusalOf(fault));
      setIsBusy(false);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title="Set the policy">
      <DialogBody>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">Kept access</th>
              <th scope="col">Got data</th>
              <th scope="col">People</th>
            </tr>
          </thead>
          <tbody>
            {change.rules.map(({ rule, before, after }) => (
              <tr key={rule}>
                <th scope="row">
                  <Inert text={rule} most={60} />
                </th>
                <td>{moved(before?.entitled.developers, after?.entitled.developers)}</td>
                <td>{moved(before?.obtained.developers, after?.obtained.developers)}</td>
                <td>{after ? peopleText(after.obtained.people) : "none"}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {change.no_longer_hold.length > 0 && (
          <p className="danger">{counted(change.no_longer_hold.length, "confirmed finding")} would no longer hold.</p>
        )}
        {change.claims.length > 0 && (
          <p className="warning">
            {counted(change.claims.length, "claim changes its verdict", "claims change their verdict")}.
          </p>
        )}
        <label className="reason-label" htmlFor={id}>
          Note
        </label>
        <TextArea
          id={id}
          autoFocus
          fill
          rows={3}
          value={note}
          placeholder="Why, if it is to be in the record; may stay empty"
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              void submit();
            }
          }}
        />
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={onClose} />
            <Button intent="primary" text="Set policy" loading={isBusy} onClick={() => void submit()} />
          </>
        }
      />
    </Dialog>
  );
}

function moved(now: number | undefined, then: number | undefined): string {
  if (then === undefined) return "none";
  if (now === undefined || now === then) return figure(then);
  return `${figure(now)} to ${figure(then)}`;
}
