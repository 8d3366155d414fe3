import { Button, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { SourceState } from "../../../shared/model/source.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useFormats } from "../../session/use-formats.ts";
import { counted, fileName } from "../../text/format.ts";
import { ReadingFields } from "./reading-fields.tsx";
import { type Reading, useReadAgain } from "./use-read-again.ts";

const AS_BEFORE: Reading = { zone: "", encoding: "", format: "", mapping: undefined };

/** Reads a source again from its original: with another zone, encoding, format or mapping. Until it is done the old calls stand. */
export function ReadAgain({ source, onClose }: { source: SourceState; onClose(): void }): ReactNode {
  const [reading, setReading] = useState(AS_BEFORE);
  const { stop, error, setError, read } = useReadAgain(source, onClose);
  const { known, saved } = useFormats(setError);
  const change = (next: Partial<Reading>) => setReading((before) => ({ ...before, ...next }));
  const choose = async () => {
    try {
      const [file] = (await desktop("chooseFiles", { kind: "mapping", many: false })).files;
      if (file === undefined) return;
      const { mapping: document } = await desktop("readMapping", { file });
      change({ mapping: { name: fileName(file), document }, format: "" });
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  const isBusy = stop !== undefined;
  const { zone, encoding, format, mapping } = reading;
  const isSame = zone === "" && encoding === "" && format === "" && mapping === undefined;
  return (
    <Dialog isOpen title="Read the source again" onClose={isBusy ? () => undefined : onClose}>
      <DialogBody>
        <p>
          <strong>
            <Inert text={source.file} />
          </strong>
        </p>
        <p>
          Replaces its {counted(source.events, "call")} and {counted(source.rejected, "rejected record")} by what the
          original gives as chosen here. Tags and notes stay where the same record is still a call.
        </p>
        <ReadingFields source={source} reading={reading} known={known} saved={saved} onChange={change} />
        <Button text="Choose a mapping" onClick={choose} disabled={isBusy} />
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={stop ?? onClose} />
            <Button
              intent="primary"
              text="Read again"
              disabled={isSame}
              loading={isBusy}
              onClick={() => void read(reading)}
            />
          </>
        }
      />
    </Dialog>
  );
}
