import { Button, ProgressBar } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { Inert, inertText } from "../parts/inert.tsx";
import { progressPart, progressWords } from "../parts/progress.ts";
import { usePolicyDraft } from "../session/policy-draft.ts";
import { usePlace, useSession, useShared } from "../session/session.tsx";
import { personName } from "../text/format.ts";
import { ChangeNote } from "./change-note.tsx";

/** Title, examiner, why it is read-only, and the job under way: the same on every screen. */
export function CaseBar(): ReactNode {
  const session = useSession();
  const info = useShared((state) => state.info);
  const readOnlyWhy = useShared((state) => state.readOnlyWhy);
  const jobs = useShared((state) => state.jobs);
  const hasDraft = usePolicyDraft() !== undefined;
  const { screen } = usePlace();
  const [job, ...more] = jobs;
  const elsewhere = useShared((state) => state.elsewhere);
  const title = job?.title ?? elsewhere?.what;
  const progress = job ? job.progress : elsewhere?.progress;
  return (
    <header className="case-bar" aria-label="Case" data-region tabIndex={-1}>
      {info ? (
        <>
          <strong className="cut" title={info.title}>
            <Inert text={info.title} />
          </strong>
          <span className="muted cut" title={inertText(info.examiner)}>
            <Inert text={personName(info.examiner)} />
          </span>
          {readOnlyWhy !== undefined && <span className="badge warning">{readOnlyWhy}. Nothing can be changed.</span>}
        </>
      ) : (
        <strong>Exhibit</strong>
      )}
      {hasDraft && screen !== "policy" && (
        <button type="button" className="link warning" onClick={() => session.go({ screen: "policy" })}>
          Policy: changed, not set
        </button>
      )}
      {info && <ChangeNote />}
      <span className="gap" />
      {title !== undefined && (
        <div className="job">
          <span className="cut" title={title}>
            {title}
          </span>
          <ProgressBar
            className="job-bar"
            intent="primary"
            stripes={false}
            animate={false}
            value={progressPart(progress) ?? 0}
            aria-label={title}
          />
          <span className="nowrap">{progressWords(progress)}</span>
          {job?.stop && <Button size="small" variant="outlined" text={job.stop} onClick={() => session.stop(job.id)} />}
          {more.length > 0 && <span className="muted nowrap">and {more.length} more</span>}
        </div>
      )}
    </header>
  );
}
