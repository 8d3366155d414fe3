import { type ReactNode, useState } from "react";
import type { SourceState } from "../../../shared/model/source.ts";
import { useReadOnly } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import { counted } from "../../text/format.ts";
import { AcquisitionDialog } from "./acquisition-dialog.tsx";

/** The sources of which nobody has said how they came: offered in one line, and never demanded. */
export function Untold({ sources }: { sources: readonly SourceState[] }): ReactNode {
  const [said, setSaid] = useState<readonly SourceState[]>();
  const readOnly = useReadOnly();
  const untold = sources.filter((source) => source.acquisition === undefined && source.withdrawn === undefined);
  const open = () => setSaid(untold.length > 0 ? untold : sources);
  const isNone = sources.length === 0;
  useCommand("source.received", open, {
    enabled: readOnly === undefined && !isNone,
    why: readOnly ?? (isNone ? "No source yet." : undefined),
  });
  return (
    <>
      {untold.length > 0 && readOnly === undefined && (
        <p className="muted" title="Sources below, of which nobody said how they came">
          {counted(untold.length, "source")} without acquisition.{" "}
          <button type="button" className="link" onClick={open}>
            Say how {untold.length === 1 ? "it" : "they"} came
          </button>
        </p>
      )}
      {said && <AcquisitionDialog sources={said} onClose={() => setSaid(undefined)} />}
    </>
  );
}
