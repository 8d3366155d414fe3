import { Button, ProgressBar } from "@blueprintjs/core";
import { Cross, Minus, Tick } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CheckResult } from "../../../shared/contract/desktop.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { progressPart, progressWords } from "../../parts/progress.ts";
import { counted } from "../../text/format.ts";
import type { Verification } from "./use-verification.ts";
import "./verify.css";

const ICON = { size: 16, "aria-hidden": true } as const;

/** Each check with its result; what could not be checked says why. Only a failed check is red. */
export function Verdict({ verification }: { verification: Verification }): ReactNode {
  const { isChecking, progress, ok, checks, error, cancel } = verification;
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
      {checks && (
        <>
          <p className={ok ? "checking-line good" : "checking-line danger"}>{verdictWords(checks)}</p>
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
                      <Result ok={check.ok} />
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

function Result({ ok }: { ok: boolean | null }): ReactNode {
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

/** One sentence for all checks. */
function verdictWords(checks: readonly CheckResult[]): string {
  const failed = checks.filter((check) => check.ok === false);
  const held = checks.filter((check) => check.ok === true);
  const open = checks.length - failed.length - held.length;
  const rest = open === 0 ? "" : `; ${figure(open)} not checked, with the reason`;
  if (failed.length > 0) return `Not intact: ${failed.map((check) => check.check).join(", ")} failed${rest}.`;
  return `Intact: ${counted(held.length, "check holds", "checks hold")}${rest}.`;
}
