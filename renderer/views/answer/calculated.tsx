import { WarningSign } from "@blueprintjs/icons";
import { type ReactNode, useRef } from "react";
import { useShared } from "../../session/session.tsx";

/** `calculated 14:02 UTC`; marked while what it was calculated from is changing. */
export function Calculated({ reply, isCurrent }: { reply: object | undefined; isCurrent: boolean }): ReactNode {
  const seen = useRef<{ reply: object; at: string } | undefined>(undefined);
  const importing = useShared(
    (state) =>
      state.jobs.some((job) => job.title.startsWith("Import")) || (state.elsewhere?.what ?? "").startsWith("import"),
  );
  if (reply && seen.current?.reply !== reply)
    seen.current = { reply, at: `${new Date().toISOString().slice(11, 16)} UTC` };
  if (!seen.current) return null;
  if (isCurrent && !importing) return <>calculated {seen.current.at}</>;
  return (
    <span className="warning answer-stale" role="status">
      <WarningSign size={12} aria-hidden />{" "}
      {importing
        ? `Calculated before the import, at ${seen.current.at}`
        : `Calculated at ${seen.current.at}, before the last change; calculating again`}
    </span>
  );
}
