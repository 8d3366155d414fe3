import { Button, Callout } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/errors.ts";
import { desktop } from "../../app/client.ts";
import { runImports } from "../../app/imports.ts";
import { choose, resume } from "../../app/queue.ts";
import { refusalOf } from "../../app/refusal.ts";
import { useReadOnly, useSession, useShared } from "../../app/session.tsx";
import { withImports } from "../../app/state.ts";
import { ErrorPanel } from "../../parts/errorpanel.tsx";
import { fileName } from "../../parts/format.ts";
import { Inert } from "../../parts/inert.tsx";

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
