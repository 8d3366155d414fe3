import { Button, Callout } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { SourceState } from "../../../shared/model/source.ts";
import { Inert } from "../../parts/inert.tsx";
import { SideSheet } from "../../parts/side-sheet.tsx";
import { useReadOnly } from "../../session/session.tsx";
import { instant } from "../../text/format.ts";
import { ledgerOf, ledgerWords } from "../../text/ledger-words.ts";
import { ReadAgain } from "./read-again.tsx";
import { RejectedLines } from "./rejected-lines.tsx";
import { SourceFacts } from "./source-facts.tsx";
import { Withdraw } from "./withdraw.tsx";

/** One source: where it came from, its ledger, its rejected lines as they stand in the original. */
export function SourceDrawer({ source, onClose }: { source: SourceState; onClose(): void }): ReactNode {
  const [act, setAct] = useState<"withdraw" | "read again">();
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
        </div>
        {act === "withdraw" && <Withdraw source={source} onClose={done} />}
        {act === "read again" && <ReadAgain source={source} onClose={done} />}
        <SourceFacts source={source} />
        <RejectedLines source={source.source} />
      </div>
    </SideSheet>
  );
}
