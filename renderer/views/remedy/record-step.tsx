import { Button, DialogBody, DialogFooter, FormGroup, HTMLSelect, InputGroup, TextArea } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { type Chosen, pathOf } from "../../../shared/contract/chosen.ts";
import { AUDIT_RESULTS, STEPS, type Step, type StepGiven } from "../../../shared/model/accountability/remedy.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { inertText } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { useUnsaved } from "../../session/use-unsaved.ts";
import { counted, fileName } from "../../text/format.ts";
import { type Card, callsAgainst, contradicted, STEP_WORDS } from "./cards.ts";

interface Props {
  readonly cards: readonly Card[];
  readonly rule: string;
  readonly at: string;
  /** Asked for by name; absent: the one after the furthest that is done. */
  readonly step: Step | undefined;
  onClose(): void;
}

/** A step of one developer, or the same step of several. Nothing is written before its button. */
export function RecordStep({ cards, rule, at, step: asked, onClose }: Props): ReactNode {
  const session = useSession();
  const id = useId();
  const [step, setStep] = useState<Step>(asked ?? cards[0]?.row.next ?? "closed");
  const [on, setOn] = useState(at.slice(0, 10));
  const [due, setDue] = useState("");
  const [by, setBy] = useState("");
  const [result, setResult] = useState("");
  const [note, setNote] = useUnsaved(`step ${cards.map(({ row }) => row.developer_id).join(" ")}`);
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const following = STEPS[STEPS.indexOf(step) + 1];
  const doubt = step === "closed" ? doubtOf(cards) : undefined;
  const isIncomplete = (doubt !== undefined && note.trim() === "") || (on.trim() === "" && due.trim() === "");

  const submit = async () => {
    if (isBusy || isIncomplete) return;
    setIsBusy(true);
    const given = (text: string) => (text.trim() === "" ? undefined : text.trim());
    const steps = cards.flatMap(({ row }) => {
      const own = { developer: row.developer_id, rule };
      const done = {
        ...own,
        ...present({ step, on: given(on), by: given(by), result: given(result), note: given(note) }),
      };
      const planned = { ...own, ...present({ step: following ?? step, due: given(due) }) };
      // What is only planned is a step of its own; without a day on which this one was done it is this one.
      if (given(on) === undefined) return [{ ...done, due: given(due) }];
      return given(due) === undefined || following === undefined ? [done] : [done, planned];
    }) as StepGiven[];
    try {
      const { entries } = await session.act("addSteps", {
        steps: steps.map(present),
        ...(files.length > 0 ? { files: [...files] } : {}),
      });
      setNote("");
      flushSync(onClose);
      session.say(`${STEP_WORDS[step]}: recorded ${counted(entries.length, "step")}.`);
    } catch (fault) {
      setError(refusalOf(fault));
      setIsBusy(false);
    }
  };
  const attach = async () => {
    const chosen = await desktop("chooseFiles", { kind: "attachment", many: true });
    setFiles([...files, ...chosen.files]);
  };
  const [only] = cards;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      className="remedy-record"
      title={
        cards.length === 1 && only
          ? `Record a step of ${inertText(only.row.developer)}`
          : `Record a step of ${cards.length} developers`
      }
    >
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
          <div className="remedy-fields">
            <FormGroup label="Step" labelFor={`${id}-step`}>
              <HTMLSelect
                id={`${id}-step`}
                autoFocus
                fill
                value={step}
                onChange={(event) => setStep(event.currentTarget.value as Step)}
                options={STEPS.map((each) => ({ value: each, label: STEP_WORDS[each] }))}
              />
            </FormGroup>
            <Field
              id={`${id}-on`}
              label="On (UTC)"
              value={on}
              onValue={setOn}
              placeholder="2019-11-05 or 2019-11-05T14:02:00Z"
            />
            <Field id={`${id}-by`} label="By" value={by} onValue={setBy} placeholder="who did it" />
            <Field
              id={`${id}-due`}
              label={on.trim() === "" ? "Due" : following === undefined ? "Due" : `${STEP_WORDS[following]}: due`}
              value={due}
              onValue={setDue}
              placeholder="the day that is planned"
            />
            {step === "audited" && (
              <FormGroup label="Result" labelFor={`${id}-result`}>
                <HTMLSelect
                  id={`${id}-result`}
                  fill
                  value={result}
                  onChange={(event) => setResult(event.currentTarget.value)}
                  options={[{ value: "", label: "" }, ...AUDIT_RESULTS.map((each) => ({ value: each, label: each }))]}
                />
              </FormGroup>
            )}
            <FormGroup label="Files" labelFor={`${id}-files`} className="remedy-files">
              <Button id={`${id}-files`} text="Attach files" onClick={() => void attach()} />
              {files.map((file) => (
                <span key={file} className="muted">
                  {" "}
                  {inertText(fileName(pathOf(file)))}
                </span>
              ))}
            </FormGroup>
          </div>
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

/** Without what is not given. */
const present = <T extends object>(row: T): T =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;

/** Closing in spite of what speaks against it wants a reason. */
function doubtOf(cards: readonly Card[]): string | undefined {
  const against = cards.flatMap(({ row }) => contradicted(row));
  if (against.length === 0) return undefined;
  const calls = against.reduce((sum, entry) => sum + callsAgainst(entry), 0);
  const by = calls > 0 ? ` by ${counted(calls, "call")}` : "";
  const whose = cards.length === 1 && cards[0] ? inertText(cards[0].row.developer) : counted(cards.length, "developer");
  return `${counted(against.length, "step")} of ${whose} ${against.length === 1 ? "is" : "are"} contradicted${by}. Close all the same?`;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  onValue(text: string): void;
}

function Field({ id, label, value, placeholder, onValue }: FieldProps): ReactNode {
  return (
    <FormGroup label={label} labelFor={id}>
      <InputGroup id={id} value={value} placeholder={placeholder} onValueChange={onValue} />
    </FormGroup>
  );
}
