import type { ReactNode } from "react";
import type { SourceState } from "../../../shared/model/source.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { useSession } from "../../session/session.tsx";
import { counted } from "../../text/format.ts";

/** Takes a source out of every count, or counts it again. */
export function Withdraw({ source, onClose }: { source: SourceState; onClose(): void }): ReactNode {
  const session = useSession();
  const isBack = source.withdrawn !== undefined;
  const act = async (reason: string) => {
    const { events, remarked } = await session.act(isBack ? "restore" : "withdraw", { source: source.source, reason });
    const others = remarked.length === 0 ? "" : ` Duplicates changed in ${counted(remarked.length, "later source")}.`;
    await session.refresh();
    session.say(
      `${inertText(source.file)} ${isBack ? "counts again" : "is withdrawn"}: ${counted(events, "call")} ${isBack ? "came back" : "left every count"}.${others}`,
    );
  };
  return (
    <ReasonDialog
      title={isBack ? "Count the source again" : "Withdraw the source"}
      about={String(source.source)}
      verb={isBack ? "Count it again" : "Withdraw"}
      onReason={act}
      onClose={onClose}
    >
      <p>
        <strong>
          <Inert text={source.file} />
        </strong>
      </p>
      <p>
        {counted(source.events, "call")} {isBack ? "come back into every count" : "leave every count"}; records that
        later sources share with it are worked out anew. {isBack ? "" : "The original and its calls are kept."}
      </p>
      {source.withdrawn && (
        <p className="muted">
          Withdrawn because: <Inert text={source.withdrawn.reason} />
        </p>
      )}
    </ReasonDialog>
  );
}
