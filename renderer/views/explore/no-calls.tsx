import { Button } from "@blueprintjs/core";
import { Search } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { Empty } from "../../parts/empty.tsx";
import { useReadOnly } from "../../session/session.tsx";
import { useCommandState } from "../../session/use-command.ts";

/** Explore of a case without a single call. */
export function NoCalls(): ReactNode {
  const readOnly = useReadOnly();
  const importLogs = useCommandState("logs.import");
  const action = (
    <Button intent="primary" text="Import logs" disabled={!importLogs.isEnabled} onClick={importLogs.run} />
  );
  return (
    <div className="explore-empty">
      <h1 tabIndex={-1} className="visually-hidden">
        Explore
      </h1>
      <Empty
        icon={<Search size={40} aria-hidden />}
        why={readOnly === undefined ? "No calls yet. Drop log files here, or import them." : "No calls yet."}
        {...(readOnly === undefined ? { action } : {})}
      />
    </div>
  );
}
