import { Button, ProgressBar } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { progressPart, progressWords } from "../../parts/progress.ts";
import type { ImportItem } from "../../session/import-queue.ts";
import { counted, fileName, percent } from "../../text/format.ts";
import { Done } from "./done.tsx";
import { type ItemActs, useItemActs } from "./use-item-acts.ts";

interface StandingProps {
  readonly item: ImportItem;
  readonly acts: ItemActs;
}

/** Where a file stands, and what can be done with it. */
export function Standing({ item }: { item: ImportItem }): ReactNode {
  const acts = useItemActs(item);
  switch (item.status) {
    case "chosen":
      return <Chosen item={item} acts={acts} />;
    case "waiting":
      return <p className="muted">waits for its turn</p>;
    case "running":
      return <Running item={item} acts={acts} />;
    case "paused":
      return <Paused item={item} acts={acts} />;
    case "done":
      return <Done item={item} />;
    case "failed":
      return <Failed item={item} acts={acts} />;
  }
}

function Chosen({ item, acts }: StandingProps): ReactNode {
  const { error, found } = item;
  return (
    <>
      {error && (
        <ErrorPanel
          error={error}
          actions={
            error.code === "import-unfinished" && (
              <Button size="small" variant="outlined" text="Resume" onClick={acts.goOn} />
            )
          }
        />
      )}
      {!error && <p className="muted">{found ? certainty(item) : "looking"}</p>}
      <LinkButton text="Remove" onClick={acts.remove} />
    </>
  );
}

function Running({ item: { path, progress }, acts }: StandingProps): ReactNode {
  return (
    <>
      <ProgressBar
        intent="primary"
        stripes={false}
        animate={false}
        aria-label={`Import ${inertText(fileName(path))}`}
        value={progressPart(progress) ?? 0}
      />
      <p>
        {progressWords(progress)}
        {progress?.records !== undefined && <span className="muted">, {counted(progress.records, "call")}</span>}
        {progress?.per_second !== undefined && <span className="muted">, {figure(progress.per_second)} a second</span>}
      </p>
      <div className="row-of-buttons">
        <Button size="small" variant="outlined" text="Pause" disabled={acts.isCancelling} onClick={acts.pause} />
        <Button size="small" variant="outlined" text="Cancel" disabled={acts.isCancelling} onClick={acts.cancel} />
      </div>
    </>
  );
}

function Paused({ item: { progress }, acts }: StandingProps): ReactNode {
  return (
    <>
      <p className="warning">
        Paused{progress?.total === undefined ? "" : ` at ${percent(progress.done, progress.total)}`}. What is in stays.
      </p>
      <div className="row-of-buttons">
        <Button size="small" variant="outlined" text="Resume" onClick={acts.goOn} />
        <button type="button" className="link" onClick={acts.remove}>
          Leave it
        </button>
      </div>
    </>
  );
}

function Failed({ item, acts }: StandingProps): ReactNode {
  const canResume = item.error?.code === "import-unfinished" || item.error?.code === "disk-full";
  return (
    <>
      {item.error && (
        <ErrorPanel
          error={item.error}
          actions={
            <Button
              size="small"
              variant="outlined"
              text={canResume ? "Resume" : "Try again"}
              onClick={canResume ? acts.goOn : acts.again}
            />
          }
        />
      )}
      <LinkButton text="Remove" onClick={acts.remove} />
    </>
  );
}

function LinkButton({ text, onClick }: { text: string; onClick(): void }): ReactNode {
  return (
    <div className="row-of-buttons">
      <button type="button" className="link" onClick={onClick}>
        {text}
      </button>
    </div>
  );
}

/** `JSON lines, sure`. */
function certainty({ found }: ImportItem): ReactNode {
  const [detected] = found?.looks ?? [];
  if (!detected) return null;
  if ((found?.looks.length ?? 0) > 1) return <>{counted(found?.looks.length ?? 0, "log")} inside</>;
  const { confidence, format } = detected;
  return (
    <>
      <Inert text={format} />,{" "}
      {confidence >= 0.9
        ? "sure"
        : confidence >= 0.5
          ? `likely (${percent(confidence, 1)})`
          : `a guess (${percent(confidence, 1)})`}
    </>
  );
}
