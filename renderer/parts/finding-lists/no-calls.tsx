import { Import } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { useShared } from "../../session/session.tsx";
import { Empty } from "../empty.tsx";
import { Page } from "../page.tsx";
import { CommandButton } from "./command-button.tsx";

/** What a screen of developers says in a case without a call; undefined where there are some. */
export function useNoCalls(title: string): ReactNode {
  const isEmpty = useShared((state) => state.info?.events === 0);
  if (!isEmpty) return undefined;
  return (
    <Page title={title} isNarrow>
      <Empty
        icon={<Import size={32} aria-hidden />}
        why="No calls yet. Drop log files here, or import them."
        action={<CommandButton id="logs.import" text="Import logs" />}
      />
    </Page>
  );
}
