import type { ReactNode } from "react";
import type { ResolvedConflict } from "../../../shared/model/registry.ts";
import { ChangesShort } from "../../parts/changes/changes-short.tsx";
import { Inert } from "../../parts/inert.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";

/** What somebody is about to decide. */
export interface Resolving {
  readonly key: string;
  readonly text: string;
  /** The row that stands, from 1; 0: the only one is set aside; absent: all stays as it is. */
  readonly use?: number;
  readonly row?: string | undefined;
}

/** Says what of a contradiction stands, with a reason. What it would change is shown before it is done. */
export function ResolveDialog({ resolving, onClose }: { resolving: Resolving; onClose(): void }): ReactNode {
  const session = useSession();
  const { key, text, use, row } = resolving;
  const preview = useAsk("resolvePreview", use === undefined ? undefined : { conflict: key, use });
  return (
    <ReasonDialog
      title="Resolve a conflict"
      about={`${key} ${use ?? "keep"}`}
      verb={use === undefined ? "Keep as it is" : use === 0 ? "Set aside" : "Use this row"}
      onReason={async (reason) => {
        await session.act("resolveConflict", { conflict: key, ...(use === undefined ? {} : { use }), reason });
        session.say("Resolved. It can be reopened under Conflicts, Resolved.");
      }}
      onClose={onClose}
    >
      <p>
        <Inert text={text} most={500} />.
      </p>
      {row !== undefined && (
        <p>
          {use === 0 ? "Set aside: " : "Stands: "}
          <span className="mono">
            <Inert text={row} most={300} />
          </span>
          {use !== 0 && ". The other row is kept and not read."}
        </p>
      )}
      {use !== undefined && <Updating asked={preview}>{(changes) => <ChangesShort changes={changes} />}</Updating>}
    </ReasonDialog>
  );
}

/** Takes a resolution back. */
export function ReopenDialog({ resolved, onClose }: { resolved: ResolvedConflict; onClose(): void }): ReactNode {
  const session = useSession();
  return (
    <ReasonDialog
      title="Reopen the conflict"
      about={String(resolved.n)}
      verb="Reopen"
      onReason={async (reason) => {
        await session.act("reopenConflict", { n: resolved.n, reason });
        session.say("The conflict is open again.");
      }}
      onClose={onClose}
    >
      <p>
        <Inert text={resolved.text} most={500} />.
      </p>
      <p>
        Resolved because: <Inert text={resolved.reason} most={500} />
      </p>
    </ReasonDialog>
  );
}
