import { Button, ProgressBar } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { progressPart, progressWords } from "../../parts/progress.ts";
import { drop, type ImportItem, type ImportQueue, resume, retry, unqueue } from "../../session/import-queue.ts";
import { runImports } from "../../session/run-imports.ts";
import { useSession, useShared } from "../../session/session.tsx";
import { withImports } from "../../session/state.ts";
import { counted, fileName, percent } from "../../text/format.ts";
import { ledgerOf, ledgerWords } from "../../text/ledger-words.ts";

/** The files, each with where it stands. */
export function FileList({
  queue,
  current,
  onChoose,
}: {
  queue: ImportQueue;
  current: string;
  onChoose(path: string): void;
}): ReactNode {
  return (
    <ul className="import-files" aria-label="Files" data-region>
      {queue.map((item) => (
        <li key={item.path} className={item.path === current ? "import-file is-current" : "import-file"}>
          <button
            type="button"
            className="import-name"
            aria-current={item.path === current}
            title={inertText(item.path)}
            onClick={() => onChoose(item.path)}
          >
            <Inert text={fileName(item.path)} />
          </button>
          <Standing item={item} />
        </li>
      ))}
    </ul>
  );
}

function Standing({ item }: { item: ImportItem }): ReactNode {
  const session = useSession();
  const job = useShared((state) => state.jobs.find((each) => each.title === `Import ${fileName(item.path)}`));
  const [isCancelling, setIsCancelling] = useState(false);
  const remove = () => session.store.update((state) => withImports(state, (queue) => drop(queue, item.path)));
  const goOn = () => {
    session.store.update((state) => withImports(state, (queue) => resume(queue, item.path)));
    void runImports(session);
  };
  const again = () => {
    session.store.update((state) => withImports(state, (queue) => retry(queue, item.path)));
    void runImports(session);
  };
  const pause = () => job && session.stop(job.id);
  const cancel = () => {
    setIsCancelling(true);
    session.store.update((state) => withImports(state, unqueue));
    pause();
  };

  switch (item.status) {
    case "chosen":
      return (
        <>
          {item.error && (
            <ErrorPanel
              error={item.error}
              actions={
                item.error.code === "import-unfinished" && (
                  <Button size="small" variant="outlined" text="Resume" onClick={goOn} />
                )
              }
            />
          )}
          {!item.error && <p className="muted">{item.found ? certainty(item) : "looking"}</p>}
          <div className="row-of-buttons">
            <button type="button" className="link" onClick={remove}>
              Remove
            </button>
          </div>
        </>
      );
    case "waiting":
      return <p className="muted">waits for its turn</p>;
    case "running": {
      const { progress } = item;
      const part = progressPart(progress);
      return (
        <>
          <ProgressBar
            intent="primary"
            stripes={false}
            animate={false}
            aria-label={`Import ${inertText(fileName(item.path))}`}
            value={part ?? 0}
          />
          <p>
            {progressWords(progress)}
            {progress?.records !== undefined && <span className="muted">, {counted(progress.records, "call")}</span>}
            {progress?.per_second !== undefined && (
              <span className="muted">, {figure(progress.per_second)} a second</span>
            )}
          </p>
          <div className="row-of-buttons">
            <Button size="small" variant="outlined" text="Pause" disabled={isCancelling} onClick={pause} />
            <Button size="small" variant="outlined" text="Cancel" disabled={isCancelling} onClick={cancel} />
          </div>
        </>
      );
    }
    case "paused":
      return (
        <>
          <p className="warning">
            Paused{item.progress?.total === undefined ? "" : ` at ${percent(item.progress.done, item.progress.total)}`}.
            What is in stays.
          </p>
          <div className="row-of-buttons">
            <Button size="small" variant="outlined" text="Resume" onClick={goOn} />
            <button type="button" className="link" onClick={remove}>
              Leave it
            </button>
          </div>
        </>
      );
    case "done":
      return <Done item={item} />;
    case "failed":
      return (
        <>
          {item.error && (
            <ErrorPanel
              error={item.error}
              actions={
                <Button
                  size="small"
                  variant="outlined"
                  text={canResume(item) ? "Resume" : "Try again"}
                  onClick={canResume(item) ? goOn : again}
                />
              }
            />
          )}
          <div className="row-of-buttons">
            <button type="button" className="link" onClick={remove}>
              Remove
            </button>
          </div>
        </>
      );
  }
}

const canResume = ({ error }: ImportItem): boolean =>
  error?.code === "import-unfinished" || error?.code === "disk-full";

function Done({ item: { reports = [], leftOut = [] } }: { item: ImportItem }): ReactNode {
  const session = useSession();
  const fresh = reports.filter((report) => report.duplicate_of === undefined);
  const [first] = reports;
  return (
    <>
      {fresh.length > 0 && (
        <p>
          {fresh.length > 1 && `${counted(fresh.length, "source")}: `}
          {ledgerWords(ledgerOf(fresh))}{" "}
          <button
            type="button"
            className="link"
            onClick={() =>
              session.go({ screen: "sources", of: fresh.length === 1 ? String(first?.source) : undefined })
            }
          >
            {fresh.length === 1 ? "Show the source" : "Show the sources"}
          </button>
        </p>
      )}
      {fresh.length === 0 && first && (
        <p>
          {reports.length === 1 ? `This file is source ${first.duplicate_of}` : "All that is in it is in the case"}{" "}
          already. Nothing was changed.
        </p>
      )}
      {leftOut.length > 0 && (
        <p className="warning">
          Left out:{" "}
          {leftOut.slice(0, 5).map(({ file, member, why }) => (
            <span key={`${file} ${member ?? ""}`}>
              <Inert text={member ?? file} /> (<Inert text={why} />){" "}
            </span>
          ))}
          {leftOut.length > 5 && `and ${counted(leftOut.length - 5, "more", "more")}`}
        </p>
      )}
    </>
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
