import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { Inert } from "../inert.tsx";

/** The physical lines around it, whatever they are: also those that were rejected. */
export function NearbyPanel({ call }: { call: CallDetail }): ReactNode {
  const { before, after, original } = call;
  const all = [...before, original, ...after];
  return (
    <div className="detail-panel">
      <ol className="near">
        {all.map(({ line, text, cut }) => (
          <li
            key={line}
            className={line === original.line ? "near-line near-own" : "near-line"}
            aria-current={line === original.line ? "true" : undefined}
          >
            <span className="near-number muted">{figure(line)}</span>
            <span className="near-text mono">
              <Inert text={text} most={400} />
              {cut !== undefined && <span className="muted"> and {figure(cut)} more characters</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
