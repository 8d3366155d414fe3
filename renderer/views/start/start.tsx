import { Button, NonIdealState } from "@blueprintjs/core";
import { FolderClose } from "@blueprintjs/icons";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { RecentCase } from "../../../shared/contract/desktop.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Page } from "../../parts/page.tsx";
import { useCaseActs } from "../../session/case-acts.ts";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { usePlace, useSession, useShared } from "../../session/session.tsx";
import { NewCase } from "./new-case.tsx";
import { RecentCases } from "./recent-cases.tsx";
import "./start.css";

/** Opens a case: a new one, one of the last, the sample; or checks a bundle without one. */
export function Start(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const [refused, setRefused] = useState<RefusalData>();
  const refuse = useCallback((error: RefusalData | undefined) => setRefused(error), []);
  const acts = useCaseActs(refuse);
  const isMaking = useShared((state) => state.jobs.length > 0);
  const [cases, setCases] = useState<readonly RecentCase[]>();

  const take = (request: Promise<{ cases: RecentCase[] }>) => {
    setRefused(undefined);
    request.then(
      (reply) => setCases(reply.cases),
      (error: unknown) => setRefused(refusalOf(error)),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the screen is first shown
  useEffect(() => take(desktop("recentCases", {})), []);

  const open = (folder: Chosen) => {
    setRefused(undefined);
    desktop("openCase", { folder }).catch((error: unknown) => setRefused(refusalOf(error)));
  };

  return (
    <Page title="Exhibit" isNarrow beside={<span>Answers from API access logs, handed over as evidence</span>}>
      <div className="start-acts">
        <Button intent="primary" text="New case" onClick={() => session.go({ screen: "start", of: "new" })} />
        <Button text="Open" onClick={acts.open} />
        <Button text="Verify a bundle" onClick={() => session.go({ screen: "verify", of: "" })} />
        <Button text="Try the sample" loading={isMaking} onClick={acts.sample} />
      </div>
      {refused && <ErrorPanel error={refused} />}
      {place.of === "new" && <NewCase onClose={() => session.amend({ of: undefined })} />}
      {cases && cases.length > 0 && (
        <RecentCases
          cases={cases}
          onOpen={open}
          onLocate={(folder) => take(desktop("locateCase", { folder }))}
          onForget={(folder) => take(desktop("forgetCase", { folder }))}
        />
      )}
      {cases?.length === 0 && place.of !== "new" && (
        <NonIdealState
          className="empty"
          icon={<FolderClose size={40} aria-hidden />}
          description={
            <p>
              No case yet. Make one, open a case folder, or try the sample: an invented incident with four log exports.
              Everything stays on this machine.
            </p>
          }
        />
      )}
    </Page>
  );
}
