import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { CommandButton } from "../finding-lists/command-button.tsx";

/** What is missing, in one sentence, and the two ways to it. */
export function NoPolicy({ children }: { children: ReactNode }): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  return (
    <div className="no-policy">
      <p>{children}</p>
      <span className="gap" />
      <Button
        intent="primary"
        size="small"
        text="Start a policy"
        disabled={readOnly !== undefined}
        title={readOnly ?? ""}
        onClick={() => session.go({ screen: "policy" })}
      />
      <CommandButton id="policy.import" text="Import policy" isSmall />
    </div>
  );
}
