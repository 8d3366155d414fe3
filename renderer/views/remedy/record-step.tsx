import { Button, DialogBody, DialogFooter, FormGroup, TextArea } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import type { PageInput } from "../../../shared/contract/contract.ts";
import type { Step } from "../../../shared/model/accountability/remedy.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { inertText } from "../../parts/inert.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { useUnsaved } from "../../session/use-unsaved.ts";
import { counted } from "../../text/format.ts";
import { STEP_WORDS } from "../../text/step-words.ts";
import { type Card, callsAgainst, contradicted } from "./cards.ts";
import { type Draft, followingOf, StepFields } from "./step-fields.tsx";

interface Props {
  readonly cards: readonly Card[];
  readonly rule: string;
  readonly at: string;
  /** Asked for by name; absent: the one after the furthest that is done. */
  readonly step: Step | undefined;
  onClose(): void;
}

/** A step of one developer, or the same step of several. Nothing is written before its button. */
export function RecordStep({ cards, rule, at, step, onClose }: Props): ReactNode {
  const session = useSession();
  const id = useId();
  const [draft, setDraft] = useState<Draft>({
    step: step ?? cards[0]?.row.next ?? "closed",
    on: at.slice(0, 10),
    ...{ due: "", by: "", result: "", files: [] },
  });
  const [note, setNote] = useUnsaved(`step ${cards.map(({ row }) => row.developer_id).join(" ")}`);
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const doubt = draft.step === "closed" ? doubtOf(cards) : undefined;
  const isIncomplete =
    (doubt !== undefined && note.trim() === "") || (draft.on.trim() === "" && draft.due.trim() === "");

  const submit = async () => {
    if (isBusy || isIncomplete) return;
    setIsBusy(true);
    try {
      const { entries } = await session.act("addSteps", {
        steps: cards.flatMap(({ row }) => stepsOf(draft, note, { developer: row.developer_id, rule })),
        ...(draft.files.length > 0 ? { files: [...draft.files] } : {}),
      });
      setNote("");
      flushSync(onClose);
      session.say(`${STEP_WORDS[draft.step]}: recorded ${counted(entries.length, "step")}.`);
    } catch (fault) {
      setError(refusalOf(fault));
      setIsBusy(false);
    }
  };
  const whose = cards.length === 1 && cards[0] ? inertText(cards[0].row.developer) : `${cards.length} developers`;
  return (
    <Dialog isOpen onClose={onClose} className="remedy-record" title={`Record a step of ${whose}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
        }}
      >
        <DialogBody>
          <StepFields draft={draft} onDraft={(change) => setDraft({ ...draft, ...change })} />
          {doubt !== undefined && <p className="remedy-bad">{doubt}</p>}
          <FormGroup label={doubt === undefined ? "Note" : "Reason"} labelFor={`${id}-note`}>
            <TextArea
              id={`${id}-note`}
              fill
              rows={3}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </FormGroup>
          {error && <ErrorPanel error={error} />}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button type="submit" intent="primary" text="Record" disabled={isIncomplete} loading={isBusy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}

type StepInput = PageInput<"addSteps">["steps"][number];

/** What is recorded of one developer: the step, and the one after it where it is planned. */
function stepsOf(draft: Draft, note: string, own: { developer: string; rule: string }): StepInput[] {
  const typed = (text: string) => (text.trim() === "" ? undefined : text.trim());
  const [on, due] = [typed(draft.on), typed(draft.due)];
  const said = given({ by: typed(draft.by), result: typed(draft.result), note: typed(note) });
  const { step } = draft;
  const following = followingOf(step);
  if (on === undefined || following === undefined) return [{ ...own, step, ...said, ...given({ on, due }) }];
  const done = { ...own, step, on, ...said };
  return due === undefined ? [done] : [done, { ...own, step: following, due }];
}

/** Closing in spite of what speaks against it wants a reason. */
function doubtOf(cards: readonly Card[]): string | undefined {
  const against = cards.flatMap(({ row }) => contradicted(row));
  if (against.length === 0) return undefined;
  const calls = against.reduce((sum, entry) => sum + callsAgainst(entry), 0);
  const by = calls > 0 ? ` by ${counted(calls, "call")}` : "";
  const whose = cards.length === 1 && cards[0] ? inertText(cards[0].row.developer) : counted(cards.length, "developer");
  return `${counted(against.length, "step")} of ${whose} ${against.length === 1 ? "is" : "are"} contradicted${by}. Close all the same?`;
}
