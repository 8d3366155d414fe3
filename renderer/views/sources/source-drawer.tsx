import { Button, Callout } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { SourceState } from "../../../shared/model/source.ts";
import { Inert } from "../../parts/inert.tsx";
import { SideSheet } from "../../parts/side-sheet.tsx";
import { useReadOnly } from "../../session/session.tsx";
import { instant } from "../../text/format.ts";
import { ledgerOf, ledgerWords } from "../../text/ledger-words.ts";
import { AcquisitionDialog } from "./acquisition-dialog.tsx";
import { ReadAgain } from "./read-again.tsx";
import { RejectedLines } from "./rejected-lines.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { Withdraw } from "./withdraw.tsx";

/** One source: where it came from, its ledger, its rejected lines as they stand in the original. */
export function SourceDrawer({ source, onClose }: { source: SourceState; onClose(): void }): ReactNode {
  const [act, setAct] = useState<"withdraw" | "read again" | "say how it came">();
  const readOnly = useReadOnly();
  const done = () => setAct(undefined);
  return (
    <SideSheet isOpen size={720} title={<Inert text={source.file} />} onClose={onClose} className="source-drawer">
      <div className="source-drawer-body">
        <p className="ledger">{ledgerWords(ledgerOf([source]))}</p>
        {source.withdrawn && (
          <Callout intent="warning">
            Withdrawn {instant(source.withdrawn.at)} by <Inert text={source.withdrawn.by} />: in no count.{" "}
            <Inert text={source.withdrawn.reason} />
          </Callout>
        )}
        <div className="row-of-buttons">
          <Button
            text="Read again"
            disabled={readOnly !== undefined || source.withdrawn !== undefined}
            title={readOnly ?? (source.withdrawn ? "Count it again first." : "")}
            onClick={() => setAct("read again")}
          />
          <Button
            text={source.withdrawn ? "Count it again" : "Withdraw"}
            disabled={readOnly !== undefined}
            title={readOnly ?? ""}
            onClick={() => setAct("withdraw")}
          />
          <Button
            text={source.acquisition ? "Say again how it came" : "Say how it came"}
            disabled={readOnly !== undefined}
            title={readOnly ?? ""}
            onClick={() => setAct("say how it came")}
          />
        </div>
        {act === "say how it came" && <AcquisitionDialog sources={[source]} onClose={done} />}
        {act === "withdraw" && <Withdraw source={source} onClose={done} />}
        {act === "read again" && <ReadAgain source={source} onClose={done} />}
        <SourceFacts source={source} />
        <RejectedLines source={source.source} />
      </div>
    </SideSheet>
  );
}
