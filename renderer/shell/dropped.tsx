import { Button, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useEffect, useState } from "react";
import type { RefusalData } from "../../shared/base/errors.ts";
import { pathOf } from "../../shared/contract/chosen.ts";
import type { DesktopEvents } from "../../shared/contract/desktop.ts";
import { Dialog } from "../parts/dialog.tsx";
import { ErrorPanel } from "../parts/error-panel.tsx";
import { Inert } from "../parts/inert.tsx";
import { desktop, on } from "../session/client.ts";
import { choose } from "../session/import-queue.ts";
import { refusalOf } from "../session/refusal.ts";
import { useReadOnly, useSession, useShared } from "../session/session.tsx";
import { withImports } from "../session/state.ts";
import { counted, fileName } from "../text/format.ts";

type Drop = DesktopEvents["dropped"];

/** Something was dropped on the window: says what will be done with it, and does that only after a yes. */
export function Dropped(): ReactNode {
  const session = useSession();
  const isOpen = useShared((state) => state.info !== undefined);
  const readOnly = useReadOnly();
  const [drop, setDrop] = useState<Drop>();
  const [refused, setRefused] = useState<RefusalData>();
  useEffect(
    () =>
      on("dropped", (what) => {
        setRefused(undefined);
        setDrop(what);
      }),
    [],
  );
  if (!drop) return null;

  const close = () => setDrop(undefined);
  const { words, verb, why } = plan(drop, isOpen, readOnly);
  const act = async () => {
    try {
      if (drop.kind === "case") await desktop("openCase", { folder: drop.folder });
      else if (drop.kind === "bundle") session.go({ screen: "verify", of: drop.target });
      else {
        session.store.update((state) => withImports(state, (queue) => choose(queue, drop.files)));
        session.go({ screen: "import" });
      }
      close();
    } catch (error) {
      setRefused(refusalOf(error));
    }
  };
  return (
    <Dialog isOpen title={verb} onClose={close}>
      <DialogBody>
        <p>{words}</p>
        {drop.kind === "files" && (
          <ul className="file-list">
            {drop.files.slice(0, 12).map((file) => (
              <li key={file} className="mono cut" title={pathOf(file)}>
                <Inert text={fileName(file)} />
              </li>
            ))}
            {drop.files.length > 12 && <li className="muted">and {counted(drop.files.length - 12, "more", "more")}</li>}
          </ul>
        )}
        {why !== undefined && <p className="warning">{why}.</p>}
        {refused && <ErrorPanel error={refused} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={close} />
            <Button intent="primary" text={verb} disabled={why !== undefined} autoFocus onClick={act} />
          </>
        }
      />
    </Dialog>
  );
}

function plan(
  drop: Drop,
  isOpen: boolean,
  readOnly: string | undefined,
): { words: ReactNode; verb: string; why?: string } {
  switch (drop.kind) {
    case "case":
      return {
        words: (
          <>
            Opens the case in <Inert text={pathOf(drop.folder)} />.
          </>
        ),
        verb: "Open case",
      };
    case "bundle":
      return {
        words: (
          <>
            Checks <Inert text={pathOf(drop.target)} />. Nothing in it is changed.
          </>
        ),
        verb: "Verify a bundle",
      };
    case "files":
      return {
        words: `Shows what ${drop.files.length === 1 ? "this file is" : "these files are"} before anything is imported.`,
        verb: drop.files.length === 1 ? "Import 1 file" : `Import ${counted(drop.files.length, "file")}`,
        ...(isOpen ? (readOnly === undefined ? {} : { why: readOnly }) : { why: "Open or make a case first" }),
      };
  }
}
