import { Button, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { RemedyPreview } from "../../../shared/model/accountability/remedy.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { counted } from "../../text/format.ts";
import { STEP_WORDS } from "../../text/step-words.ts";

/** Steps that a preview shows. */
const FIRST_STEPS = 12;

/** Steps of many developers from a table: shown first, and taken whole or not at all. */
export function ImportSteps(): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const [file, setFile] = useState<Chosen>();
  const [found, setFound] = useState<RemedyPreview>();
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const close = () => {
    setFile(undefined);
    setFound(undefined);
    setError(undefined);
  };
  const choose = async () => {
    const [chosen] = (await desktop("chooseFiles", { kind: "remedy", many: false })).files;
    if (chosen === undefined) return;
    setFile(chosen);
    try {
      setFound(await ask("stepsPreview", { file: chosen }));
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  const take = async () => {
    if (file === undefined) return;
    setIsBusy(true);
    try {
      const { entries } = await session.act("importSteps", { file });
      flushSync(close);
      session.say(`Recorded ${counted(entries.length, "step")}.`);
    } catch (fault) {
      setError(refusalOf(fault));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <>
      <Button
        text="Import steps"
        disabled={readOnly !== undefined}
        title={readOnly ?? ""}
        onClick={() => void choose()}
      />
      {file !== undefined && (
        <Dialog isOpen onClose={close} title="Import steps">
          <DialogBody>
            {found && <Preview found={found} />}
            {error && <ErrorPanel error={error} />}
          </DialogBody>
          <DialogFooter
            actions={
              <>
                <Button text="Cancel" onClick={close} />
                <Button
                  autoFocus
                  intent="primary"
                  text={found ? `Record ${counted(found.steps.length, "step")}` : "Record"}
                  disabled={!found || error !== undefined}
                  loading={isBusy}
                  onClick={() => void take()}
                />
              </>
            }
          />
        </Dialog>
      )}
    </>
  );
}

function Preview({ found: { file, steps, ignored } }: { found: RemedyPreview }): ReactNode {
  const rest = steps.length - FIRST_STEPS;
  return (
    <>
      <p>
        <Inert text={file} most={120} /> has {counted(steps.length, "step")} of{" "}
        {counted(new Set(steps.map(({ developer_id }) => developer_id)).size, "developer")}.
      </p>
      <table className="table" aria-label="First steps">
        <tbody>
          {steps.slice(0, FIRST_STEPS).map(({ developer_id, step, on, due }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file that is not changed here.
            <tr key={index}>
              <td className="mono">
                <Inert text={developer_id} most={60} />
              </td>
              <td>{STEP_WORDS[step]}</td>
              <td className="mono">{on === undefined ? `due ${due}` : on}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="muted">and {counted(rest, "more step", "more steps")}</p>}
      {ignored.length > 0 && (
        <p className="muted">
          Not used: <Inert text={ignored.join(", ")} most={300} />
        </p>
      )}
    </>
  );
}
