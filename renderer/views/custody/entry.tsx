import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CustodyRow } from "../../../shared/contract/case.ts";
import { Inert } from "../../parts/inert.tsx";

/** One entry, as it stands in the chain. */
export function Entry({ entry, onClose }: { entry: CustodyRow; onClose(): void }): ReactNode {
  return (
    <section className="panel" aria-label={`Entry ${entry.seq}`}>
      <div className="section-head">
        <h2>Entry {figure(entry.seq)}</h2>
        <span className="gap" />
        <Button size="small" variant="outlined" text="Close" onClick={onClose} />
      </div>
      <pre className="mono custody-entry">
        {JSON.stringify(entry, undefined, 2)
          .split("\n")
          .map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one entry never move
            <div key={index}>
              <Inert text={line} most={4000} />
            </div>
          ))}
      </pre>
    </section>
  );
}
