import { Button, Checkbox, DialogBody, DialogFooter, FormGroup, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { ReviewReport } from "../../../shared/model/accountability/review-file.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { withOverlay } from "../../session/state.ts";
import { useAsk } from "../../session/use-ask.ts";
import { counted, minute } from "../../text/format.ts";
import { isTicked, type SeenActs, seenFirst, withTick } from "./chosen-acts.ts";
import { ReviewTable } from "./review-table.tsx";
import "./review.css";

/** What came back on a bundle, or a bundle of another case, beside what the case has: ticked and taken in act by act. */
export function TakeReview(): ReactNode {
  const overlay = useShared((state) => state.overlay);
  return overlay?.kind === "review" ? <Review file={overlay.file} first={overlay.report} /> : null;
}

function Review({ file, first }: { file: Chosen; first: ReviewReport }): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const asked = useAsk("reviewFile", { file });
  const report = asked.reply ?? first;
  const [seen, setSeen] = useState<SeenActs>(() => seenFirst(first.acts));
  const [withEqual, setWithEqual] = useState(false);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const close = () => session.store.update((state) => withOverlay(state, undefined));
  const chosen = report.acts.filter((row) => isTicked(seen, row)).map(({ n }) => n);
  const take = async () => {
    setIsBusy(true);
    setRefused(undefined);
    try {
      const why = reason.trim();
      const input = { file, only: chosen, seen: report.seen, ...(why !== "" && { reason: why }) };
      const { taken } = await session.act("takeReview", input);
      flushSync(close);
      session.say(`Took in ${counted(taken, "act")} of ${report.author}.`);
    } catch (fault) {
      setRefused(refusalOf(fault));
      setIsBusy(false);
      // what changed here since it was looked at is shown, and no longer ticked
      asked.again();
    }
  };
  const error = refused ?? asked.error;
  return (
    <Dialog isOpen onClose={close} title={titleOf(report)} className="review">
      <DialogBody>
        <Head report={report} withEqual={withEqual} onEqual={setWithEqual} />
        <ReviewTable
          acts={report.acts.filter(({ state }) => withEqual || state !== "here")}
          seen={seen}
          onTick={(row, ticked) => setSeen(withTick(seen, row, ticked))}
        />
        <FormGroup label="Reason" labelFor="review-reason" className="review-reason">
          <InputGroup
            id="review-reason"
            value={reason}
            placeholder={`Review of ${report.at.slice(0, 10)}`}
            onValueChange={setReason}
          />
        </FormGroup>
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Close" onClick={close} />
            <Button
              autoFocus
              intent="primary"
              text={chosen.length === 0 ? "Take in" : `Take in ${figure(chosen.length)}`}
              title={readOnly ?? (chosen.length === 0 ? "Nothing is ticked" : "")}
              disabled={readOnly !== undefined || chosen.length === 0 || !asked.isCurrent}
              loading={isBusy}
              onClick={() => void take()}
            />
          </>
        }
      />
    </Dialog>
  );
}

const titleOf = ({ bundle }: ReviewReport): ReactNode => (
  <>
    Review of <Inert text={bundle} most={80} />
  </>
);

/** Who said it, when, by which key; how much of it is new here. */
function Head({
  report: { author, at, signed_by: key, acts },
  withEqual,
  onEqual,
}: {
  report: ReviewReport;
  withEqual: boolean;
  onEqual(withEqual: boolean): void;
}): ReactNode {
  const count = (state: string) => acts.filter((act) => act.state === state).length;
  const [differ, lost] = [count("differs"), count("lost")];
  return (
    <>
      <p>
        By <Inert text={author} most={200} />, {minute(at)};{" "}
        {key === undefined ? (
          "not signed: that it is theirs is on trust"
        ) : (
          <>
            signed, key <span className="mono">{key}</span>: compare it with what you were told
          </>
        )}
        .
      </p>
      <div className="review-counts">
        <span>
          {figure(count("new"))} to take in, {figure(differ)} {differ === 1 ? "differs" : "differ"} from here,{" "}
          {figure(count("here"))} already here
          {lost > 0 && `, ${figure(lost)} about nothing in this case`}
        </span>
        <Checkbox
          checked={withEqual}
          label="Show what is already here"
          onChange={({ currentTarget }) => onEqual(currentTarget.checked)}
        />
      </div>
    </>
  );
}
