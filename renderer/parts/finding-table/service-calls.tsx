import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { useSession } from "../../session/session.tsx";

/** The calls that a rule leaves out because the platform itself made them; nothing where there are none. */
export function ServiceCalls({ found }: { found: Pick<RuleFindings, "service_calls"> }): ReactNode {
  const session = useSession();
  if (found.service_calls === undefined) return null;
  return (
    <p className="muted">
      Left out: {figure(found.service_calls)} calls that services of the platform made for themselves.{" "}
      <button
        type="button"
        className="link"
        onClick={() => session.go({ screen: "explore", text: "caller:service time>=cutoff time<asof" })}
      >
        Show such calls
      </button>
    </p>
  );
}
