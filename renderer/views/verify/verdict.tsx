import { Button, ProgressBar } from "@blueprintjs/core";
import { Cross, Minus, Tick } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CheckResult } from "../../../shared/contract/desktop.ts";
import { verdictLine } from "../../../shared/model/verdict.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { progressPart, progressWords } from "../../parts/progress.ts";
import { counted } from "../../text/format.ts";
import type { Verification } from "./use-verification.ts";
import "./verify.css";

const ICON = { size: 16, "aria-hidden": true } as const;

/** Each check with its result; what could not be checked says why. Only a failed check is red. */
export function Verdict({ verification }: { verification: Verification }): ReactNode {
  const { isChecking, progress, verdict, checks, error, cancel } = verification;
  const part = progressPart(progress);
  return (
    <div className="checking" role="status">
      {isChecking && (
        <div className="checking-running">
          <span>Checking{progress ? `: ${progressWords(progress)}` : ""}</span>
          {part !== undefined && (
            <ProgressBar intent="primary" stripes={false} animate={false} aria-label="Checking" value={part} />
          )}
          <Button size="small" variant="outlined" text="Cancel" onClick={cancel} />
        </div>
      )}
      {error && error.code !== "cancelled" && <ErrorPanel error={error} />}
      {error?.code === "cancelled" && <p>The check was stopped before it was done.</p>}
      {checks && verdict && (
        <>
          <p className={`checking-line ${COLOUR[verdict]}`}>{verdictLine(verdict, checks)}</p>
          <p>{howMany(checks)}</p>
          <div className="table-scroll">
            <table className="table" aria-label="Checks">
              <thead>
                <tr>
                  <th scope="col">Check</th>
                  <th scope="col">Result</th>
                  <th scope="col">What was found</th>
                </tr>
              </thead>
              <tbody>
                {checks.map((check) => (
                  <tr key={check.check}>
                    <td>{check.check}</td>
                    <td className="nowrap">
                      <Result check={check} />
                    </td>
                    <td className="checking-detail">
                      <Inert text={check.detail} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}

function Result({ check: { ok, how } }: { check: CheckResult }): ReactNode {
  if (how === "on-trust" && ok !== false)
    return (
      <span className="muted checking-result">
        <Minus {...ICON} /> {ok ? "holds, in part on trust" : "on trust"}
      </span>
    );
  if (ok === null)
    return (
      <span className="muted checking-result">
        <Minus {...ICON} /> not checked
      </span>
    );
  return ok ? (
    <span className="good checking-result">
      <Tick {...ICON} /> holds
    </span>
  ) : (
    <span className="danger checking-result">
      <Cross {...ICON} /> failed
    </span>
  );
}

/** What nobody compared the key of is no green line. */
const COLOUR = { verified: "good", "signer-not-checked": "", unsigned: "", broken: "danger" } as const;

function howMany(checks: readonly CheckResult[]): string {
  const failed = checks.filter((check) => check.ok === false).length;
  const held = checks.filter((check) => check.ok === true).length;
  const open = checks.length - failed - held;
  const parts = [
    ...(failed > 0 ? [counted(failed, "check failed", "checks failed")] : []),
    counted(held, "check holds", "checks hold"),
    ...(open > 0 ? [`${figure(open)} not checked, with the reason`] : []),
  ];
  return `${parts.join("; ")}.`;
}
