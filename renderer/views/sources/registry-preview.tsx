import { Button, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { RegistryFileReport, RegistryReport } from "../../../shared/model/registry.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { withOverlay } from "../../session/state.ts";
import { counted } from "../../text/format.ts";

/** Conflicts that are shown one by one. */
const MAX_SHOWN = 20;
const MOST = 600;

/** What registry files are taken for, leave out and would change: shown before anything is taken. */
export function RegistryPreview(): ReactNode {
  const overlay = useShared((state) => state.overlay);
  return overlay?.kind === "registry" ? <Preview files={overlay.files} report={overlay.report} /> : null;
}

function Preview({ files, report }: { files: readonly string[]; report: RegistryReport }): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const close = () => session.store.update((state) => withOverlay(state, undefined));
  const take = async () => {
    setIsBusy(true);
    try {
      const { conflicts } = await session.act("registry", { files: [...files] });
      flushSync(close);
      await session.refresh();
      session.say(
        `Registry imported: ${counted(files.length, "file")}${conflicts.length === 0 ? "" : `, ${counted(conflicts.length, "conflict")}`}.`,
      );
    } catch (fault) {
      setError(refusalOf(fault));
      setIsBusy(false);
    }
  };
  return (
    <Dialog isOpen onClose={close} title="Import a registry" className="registry-preview">
      <DialogBody>
        {report.files.map((file, index) => (
          // the same file may be chosen twice
          // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is shown
          <FileSays key={index} file={file} />
        ))}
        {report.conflicts.length > 0 && (
          <section>
            <h3>{counted(report.conflicts.length, "conflict")}</h3>
            <ul>
              {report.conflicts.slice(0, MAX_SHOWN).map((conflict) => (
                <li key={conflict}>
                  <Inert text={conflict} most={MOST} />
                </li>
              ))}
            </ul>
            {report.conflicts.length > MAX_SHOWN && (
              <p className="muted">and {figure(report.conflicts.length - MAX_SHOWN)} more</p>
            )}
          </section>
        )}
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={close} />
            <Button
              autoFocus
              intent="primary"
              text="Add to the registry"
              title={readOnly ?? ""}
              disabled={readOnly !== undefined}
              loading={isBusy}
              onClick={() => void take()}
            />
          </>
        }
      />
    </Dialog>
  );
}

function FileSays({ file }: { file: RegistryFileReport }): ReactNode {
  return (
    <section>
      <h3>
        <Inert text={file.file} />
      </h3>
      <ul>
        {file.tables.map(({ sheet, kind, rows, added, changed, same, columns }) => (
          <li key={`${sheet} ${kind}`}>
            {sheet !== undefined && (
              <>
                <Inert text={sheet} />:{" "}
              </>
            )}
            <strong>{kind}</strong>, {counted(rows, "row")}: {figure(added)} added, {figure(changed)} changed,{" "}
            {figure(same)} same{" "}
            <span className="muted">
              <Inert text={columnsText(columns)} most={MOST} />
            </span>
          </li>
        ))}
        {file.ignored.length > 0 && (
          <li>
            Not used: <Inert text={file.ignored.join(", ")} most={MOST} />
          </li>
        )}
        {file.said.map((sentence) => (
          <li key={sentence} className="muted">
            <Inert text={sentence} most={MOST} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Columns that the file calls otherwise. */
function columnsText(columns: Readonly<Record<string, string>>): string {
  const renamed = Object.entries(columns).filter(([column, from]) => column !== from);
  return renamed.map(([column, from]) => `${column} from "${from}"`).join(", ");
}
