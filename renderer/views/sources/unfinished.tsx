import { Button, Callout } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { choose, resume } from "../../session/import-queue.ts";
import { refusalOf } from "../../session/refusal.ts";
import { runImports } from "../../session/run-imports.ts";
import { useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { withImports } from "../../session/state.ts";
import { fileName } from "../../text/format.ts";

/** An import that was begun and not finished, in this window or another day. */
export function Unfinished({ name }: { name: string }): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const item = useShared((state) => state.imports.find((each) => fileName(each.path) === name));
  const [refused, setRefused] = useState<RefusalData>();
  if (item?.status === "running" || item?.status === "waiting") return null;

  const goOn = async () => {
    setRefused(undefined);
    try {
      const path = item?.path ?? (await desktop("chooseFiles", { kind: "logs", many: false })).files[0];
      if (path === undefined) return;
      session.store.update((state) =>
        withImports(state, (queue) => resume(item ? queue : choose(queue, [path], true), path)),
      );
      session.go({ screen: "import" });
      await runImports(session);
    } catch (error) {
      setRefused(refusalOf(error));
    }
  };
  return (
    <Callout className="unfinished">
      <span>
        The import of <Inert text={name} /> is not finished. What is in stays, and is in no count until it is.
      </span>
      <Button
        size="small"
        variant="outlined"
        text="Resume"
        disabled={readOnly !== undefined}
        title={readOnly ?? ""}
        onClick={goOn}
      />
      {refused && <ErrorPanel error={refused} />}
    </Callout>
  );
}
