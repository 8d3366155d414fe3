import { Button, DialogBody, DialogFooter, Radio, RadioGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import type { RefusalData } from "../../../../shared/base/errors.ts";
import type { ExploreReply } from "../../../../shared/model/explore.ts";
import type { ExportFormat } from "../../../../shared/model/export-format.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { focusInside } from "../../../parts/focus-inside.ts";
import { Inert } from "../../../parts/inert.tsx";
import { ask, desktop } from "../../../session/client.ts";
import { refusalOf } from "../../../session/refusal.ts";
import { useSession } from "../../../session/session.tsx";
import { counted, fileName, size } from "../../../text/format.ts";

interface ExportDialogProps {
  readonly isOpen: boolean;
  readonly reply: ExploreReply;
  /** The numbers on the screen are those of the text as it is. */
  readonly isCurrent: boolean;
  onClose(): void;
}

/** Writes exactly the rows that the number counts, in their order. */
export function ExportDialog({ isOpen, reply, isCurrent, onClose }: ExportDialogProps): ReactNode {
  const session = useSession();
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [refused, setRefused] = useState<RefusalData>();
  useEffect(() => {
    if (isOpen) setRefused(undefined);
  }, [isOpen]);
  const { filter, sort, count } = reply;
  const write = async () => {
    try {
      const { file } = await desktop("chooseSave", {
        name: format === "ocsf" ? "calls.ocsf.jsonl" : `calls.${format}`,
        title: "Export this view",
      });
      if (file === undefined) return;
      onClose();
      const made = await session.work(`Export ${fileName(file)}`, "Cancel", (hooks) =>
        ask("export", { filter, file, format, ...(sort === undefined ? {} : { sort }) }, hooks),
      );
      session.say(
        `Exported ${counted(made.events, "call")}: ${fileName(made.file)}, ${size(made.bytes)}, sha256 ${made.sha256.slice(0, 8)}..`,
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.code === "cancelled") return;
      setRefused(refusal);
      session.say("", { error: refusal });
    }
  };
  return (
    <Dialog title="Export this view" isOpen={isOpen} onClose={onClose} onOpening={focusInside}>
      <DialogBody>
        <p>
          {counted(count, "call")} of the filter{" "}
          <span className="mono saved-text">{filter === "" ? "(every call)" : <Inert text={filter} most={500} />}</span>
          , with all their columns.
        </p>
        <RadioGroup
          name="format"
          selectedValue={format}
          onChange={(event) => setFormat(event.currentTarget.value as ExportFormat)}
        >
          <Radio value="csv" label="CSV, for a spreadsheet: no cell is a formula" />
          <Radio value="xlsx" label="Excel workbook: numbers as numbers, ids as text" />
          <Radio value="jsonl" label="JSON lines: the exact values" />
          <Radio value="ocsf" label="OCSF API Activity, a line of JSON a call" />
        </RadioGroup>
        {!isCurrent && <p className="warning">The filter is still being worked out.</p>}
        {refused && <ErrorPanel error={refused} />}
      </DialogBody>
      <DialogFooter
        actions={
          <Button
            autoFocus
            intent="primary"
            text={`Export ${counted(count, "call")}`}
            disabled={!isCurrent}
            onClick={() => void write()}
          />
        }
      />
    </Dialog>
  );
}
