import { Button, DialogBody, DialogFooter, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { type Chosen, pathOf } from "../../../shared/contract/chosen.ts";
import type { DueClock } from "../../../shared/model/accountability/due-clock.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { fileName } from "../../text/format.ts";
import { momentText } from "./words.ts";

/** A clock was met: when, and what proves it. */
export function DoneDialog({ clock, onClose }: { clock: DueClock; onClose(): void }): ReactNode {
  const session = useSession();
  const [on, setOn] = useState("");
  const [file, setFile] = useState<Chosen>();
  const [error, setError] = useState<RefusalData>();
  const id = useId();
  const choose = async () => {
    const { files } = await desktop("chooseFiles", { kind: "attachment" });
    if (files[0] !== undefined) setFile(files[0]);
  };
  const submit = async () => {
    try {
      const { value } = await session.act("clockDone", {
        id: clock.id,
        on: on.trim().replace(" ", "T"),
        ...(file ? { file } : {}),
      });
      flushSync(onClose);
      session.say(`${clock.title ?? clock.id}: done ${momentText(value)}.`);
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title="Done">
      <DialogBody>
        <p>
          <Inert text={clock.title ?? clock.id} />
        </p>
        <div className="clock-fields">
          <label htmlFor={id}>On</label>
          <InputGroup
            id={id}
            autoFocus
            value={on}
            placeholder="2019-12-04 or 2019-12-04T10:30Z"
            onChange={(event) => setOn(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && on.trim() !== "") void submit();
            }}
          />
          <span>Proof</span>
          <span className="row-of-buttons">
            <Button size="small" text={file ? "Another file" : "Attach a file"} onClick={() => void choose()} />
            {file && <Inert text={fileName(pathOf(file))} />}
          </span>
        </div>
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={onClose} />
            <Button intent="primary" text="Done" disabled={on.trim() === ""} onClick={() => void submit()} />
          </>
        }
      />
    </Dialog>
  );
}
