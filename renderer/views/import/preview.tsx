import { type ReactNode, useCallback, useState } from "react";
import type { DetectedFile } from "../../../shared/contract/desktop.ts";
import { Inert } from "../../parts/inert.tsx";
import { changeChoice, type ImportChoice, type ImportItem } from "../../session/import-queue.ts";
import { useSession } from "../../session/session.tsx";
import { withImports } from "../../session/state.ts";
import { percent } from "../../text/format.ts";
import { Choices } from "./choices.tsx";
import { FieldEditor } from "./field-editor.tsx";
import { FirstLines } from "./first-lines.tsx";
import { LogsInside } from "./logs-inside.tsx";
import { Patterns } from "./patterns.tsx";
import { Records } from "./records.tsx";

/** One file: what it is taken for and why, where each field comes from, and its first records as calls beside their lines. */
export function Preview({ item }: { item: ImportItem }): ReactNode {
  const session = useSession();
  const { found, error, status, path } = item;
  const [member, setMember] = useState(0);
  const detected = found?.looks[Math.min(member, found.looks.length - 1)];
  const change = useCallback(
    (choice: ImportChoice) => session.store.update((state) => withImports(state, (q) => changeChoice(q, path, choice))),
    [session, path],
  );
  const isOpen = status === "chosen";
  return (
    <div className="import-preview" data-region>
      {isOpen && <Choices item={item} onChange={change} />}
      {found && (found.looks.length > 1 || found.left_out.length > 0) && (
        <LogsInside found={found} at={member} onChoose={setMember} />
      )}
      {detected && <Found detected={detected} />}
      {detected && <Records records={detected.records} />}
      {detected?.patterns && <Patterns patterns={detected.patterns} />}
      {detected && <FieldEditor item={item} detected={detected} onChange={isOpen ? change : undefined} />}
      {!detected && error && <FirstLines path={path} encoding={item.choice.mapping?.document.encoding} />}
    </div>
  );
}

function Found({ detected }: { detected: DetectedFile }): ReactNode {
  return (
    <section aria-label="Detected">
      <p className="import-found">
        <span>
          <strong>
            <Inert text={detected.format} />
          </strong>
          , {percent(detected.confidence, 1)} sure
        </span>
        <span>{detected.encoding}</span>
        <span>
          times <Inert text={detected.timezone} />
        </span>
      </p>
      <p className="muted">
        <Inert text={detected.why} />
      </p>
    </section>
  );
}
