import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { Hash } from "../../parts/hash.tsx";
import { Inert } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { counted, size } from "../../text/format.ts";
import type { MadeBundle } from "./use-bundle.ts";

/** The bundle that was made: where it is, what is in it, and its verification. */
export function Made({
  made,
  onAgain,
  children,
}: {
  made: MadeBundle;
  onAgain(): void;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="panel bundle-made">
      <p className="bundle-count">
        {counted(made.files, "file")}, {size(made.bytes)}; {counted(made.events, "call")}, left out:{" "}
        {figure(made.left_out)}
      </p>
      <dl className="facts">
        <dt>Bundle</dt>
        <dd className="mono">
          <Inert text={made.bundle} />
        </dd>
        <dt>Number</dt>
        <dd className="mono">
          <Inert text={made.name} />
        </dd>
        <dt>sha256 of its list</dt>
        <dd>
          <Hash sha256={made.sha256} />
        </dd>
        <dt>Signature</dt>
        <dd>{made.signed ? "signed" : "not signed"}</dd>
      </dl>
      {children}
      <div className="row-of-buttons">
        <Button text="Show in folder" onClick={() => void desktop("showInFolder", { path: made.file })} />
        <Button text="Make another" onClick={onAgain} />
      </div>
    </div>
  );
}
