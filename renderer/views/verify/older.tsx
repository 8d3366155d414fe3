import { Button } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { BundleChanges } from "../../../shared/model/accountability/changes.ts";
import { ChangesPanel } from "../../parts/changes/changes-panel.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";

/** What this bundle says otherwise than an older one, which is asked for. */
export function OlderBundle({ target }: { target: Chosen }): ReactNode {
  const [found, setFound] = useState<BundleChanges>();
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const compare = async () => {
    setError(undefined);
    try {
      const [before] = (await desktop("chooseFiles", { kind: "bundle", many: false })).files;
      if (before === undefined) return;
      setIsBusy(true);
      setFound(await desktop("bundleChanges", { before, after: target }));
    } catch (fault) {
      setError(refusalOf(fault));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <section aria-label="What changed since an older bundle">
      <div className="row-of-buttons">
        <Button text="Compare with an older bundle" loading={isBusy} onClick={() => void compare()} />
        {found && (
          <span>
            <Inert text={found.after} most={80} /> against <Inert text={found.before} most={80} />
          </span>
        )}
      </div>
      {error && <ErrorPanel error={error} />}
      {found && (
        <ChangesPanel
          changes={found}
          named={(_, developer) => (
            <strong>
              <Inert text={developer} most={60} />
            </strong>
          )}
        />
      )}
    </section>
  );
}
