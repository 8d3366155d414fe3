import { Button, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../shared/base/errors.ts";
import { Dialog } from "../parts/dialog.tsx";
import { ErrorPanel } from "../parts/error-panel.tsx";
import { focusInside } from "../parts/focus-inside.ts";
import { desktop } from "../session/client.ts";
import { refusalOf } from "../session/refusal.ts";
import { useSession, useShared } from "../session/session.tsx";

/** The engine of the case died: it can be started again, and nothing that was saved is lost. */
export function Crashed(): ReactNode {
  const session = useSession();
  const crashed = useShared((state) => state.crashed);
  const [refused, setRefused] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);

  const reopen = async () => {
    setIsBusy(true);
    setRefused(undefined);
    try {
      await desktop("openCase", { again: true });
      await session.refresh();
    } catch (error) {
      setRefused(refusalOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Dialog
      isOpen={crashed !== undefined}
      title="The case has to be reopened"
      canEscapeKeyClose={false}
      canOutsideClickClose={false}
      isCloseButtonShown={false}
      onOpening={focusInside}
    >
      <DialogBody>
        {crashed && <ErrorPanel error={crashed} />}
        <p>All that was saved is there. An import that was under way can resume.</p>
        {refused && <ErrorPanel error={refused} />}
      </DialogBody>
      <DialogFooter
        actions={<Button autoFocus intent="primary" text="Reopen the case" loading={isBusy} onClick={reopen} />}
      />
    </Dialog>
  );
}
