import { Import, TimelineBarChart } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { useShared } from "../../session/session.tsx";
import { Empty } from "../empty.tsx";
import { Page } from "../page.tsx";
import { CommandButton } from "./command-button.tsx";

/** Why a screen of findings has nothing to say, and the one button that changes it; undefined where it has. */
export function useNoFindings(title: string): ReactNode {
  const isEmpty = useShared((state) => state.info?.events === 0);
  const hasPolicy = useShared((state) => state.policy !== undefined);
  if (!isEmpty && hasPolicy) return undefined;
  return (
    <Page title={title} isNarrow>
      {isEmpty ? (
        <Empty
          icon={<Import size={32} aria-hidden />}
          why="No calls yet. Drop log files here, or import them."
          action={<CommandButton id="logs.import" text="Import logs" />}
        />
      ) : (
        <Empty
          icon={<TimelineBarChart size={32} aria-hidden />}
          why="No finding: the case has no policy, so nothing says which calls broke a rule."
          action={<CommandButton id="policy.import" text="Import policy" />}
        />
      )}
    </Page>
  );
}
