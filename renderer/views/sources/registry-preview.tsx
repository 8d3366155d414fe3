import { Button, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { RegistryPreview as Found } from "../../../shared/model/registry.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { AS_THEY_SAY } from "../../session/registry-draft.ts";
import { useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { withOverlay } from "../../session/state.ts";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { RegistryOptions } from "./registry-options.tsx";
import { RegistryOutcome } from "./registry-outcome.tsx";
import { RegistryTable } from "./registry-table.tsx";
import "./registry-preview.css";

/** What registry files are taken for, leave out and would change: shown, and put right by hand, before anything is taken. */
export function RegistryPreview(): ReactNode {
  const overlay = useShared((state) => state.overlay);
  return overlay?.kind === "registry" ? <Preview files={overlay.files} first={overlay.preview} /> : null;
}

function Preview({ files, first }: { files: readonly Chosen[]; first: Found }): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const [draft, setDraft] = useState(AS_THEY_SAY);
  const asked = useAsk("registryPreview", draft === AS_THEY_SAY ? undefined : inputOf(files, draft));
  const { sheets, open, report } = (draft === AS_THEY_SAY ? undefined : asked.reply) ?? first;
  const isCurrent = draft === AS_THEY_SAY || asked.isCurrent;
  const [refused, setRefused] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const close = () => session.store.update((state) => withOverlay(state, undefined));
  const take = async () => {
    setIsBusy(true);
    try {
      const { conflicts } = await session.act("registry", inputOf(files, draft));
      flushSync(close);
      await session.refresh();
      session.say(
        `Registry imported: ${counted(files.length, "file")}${conflicts.length === 0 ? "" : `, ${counted(conflicts.length, "conflict")}`}.`,
      );
    } catch (fault) {
      setRefused(refusalOf(fault));
      setIsBusy(false);
    }
  };
  const error = refused ?? asked.error;
  return (
    <Dialog isOpen onClose={close} title="Import a registry" className="registry-preview">
      <DialogBody>
        <Says isCurrent={isCurrent}>
          {open
            .filter(({ where }) => where === "")
            .map((each) => (
              <ErrorPanel key={each.what} error={each} />
            ))}
          {sheets.map((sheet) => (
            <RegistryTable
              key={sheet.where}
              sheet={sheet}
              open={open.filter(({ where }) => where === sheet.where)}
              draft={draft}
              onChange={setDraft}
            />
          ))}
          <RegistryOptions draft={draft} open={open} onChange={setDraft} />
          {report && <RegistryOutcome report={report} />}
          {error && <ErrorPanel error={error} />}
        </Says>
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={close} />
            <Button
              autoFocus={open.length === 0}
              intent="primary"
              text="Add to the registry"
              title={readOnly ?? ""}
              disabled={readOnly !== undefined || !isCurrent || report === undefined}
              loading={isBusy}
              onClick={() => void take()}
            />
          </>
        }
      />
    </Dialog>
  );
}

/** What the dialog says. Whoever has to choose something begins there. */
function Says({ isCurrent, children }: { isCurrent: boolean; children: ReactNode }): ReactNode {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.querySelector<HTMLElement>("[data-asked]")?.focus(), []);
  return (
    <div ref={body} className={isCurrent ? "registry-says" : "registry-says dimmed"} aria-busy={!isCurrent}>
      {children}
    </div>
  );
}

const inputOf = (files: readonly Chosen[], { columns, ...rest }: typeof AS_THEY_SAY) => ({
  files: [...files],
  ...rest,
  ...(columns === undefined ? {} : { columns: [...columns] }),
});
