import { Button, FormGroup, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useId } from "react";
import { type Chosen, pathOf } from "../../../shared/contract/chosen.ts";
import { AUDIT_RESULTS, STEPS, type Step } from "../../../shared/model/accountability/remedy.ts";
import { inertText } from "../../parts/inert.tsx";
import { desktop } from "../../session/client.ts";
import { fileName } from "../../text/format.ts";
import { STEP_WORDS } from "../../text/step-words.ts";

/** A step while it is typed. */
export interface Draft {
  readonly step: Step;
  readonly on: string;
  /** When the one after it is planned; without `on`, this one. */
  readonly due: string;
  readonly by: string;
  readonly result: string;
  readonly files: readonly Chosen[];
}

export const followingOf = (step: Step): Step | undefined => STEPS[STEPS.indexOf(step) + 1];

/** The fields of a step but its note. */
export function StepFields({ draft, onDraft }: { draft: Draft; onDraft(change: Partial<Draft>): void }): ReactNode {
  const id = useId();
  const { step, on, due, by, result, files } = draft;
  const following = followingOf(step);
  const attach = async () => {
    const chosen = await desktop("chooseFiles", { kind: "attachment", many: true });
    onDraft({ files: [...files, ...chosen.files] });
  };
  return (
    <div className="remedy-fields">
      <FormGroup label="Step" labelFor={`${id}-step`}>
        <HTMLSelect
          id={`${id}-step`}
          autoFocus
          fill
          value={step}
          onChange={(event) => onDraft({ step: event.currentTarget.value as Step, result: "" })}
          options={STEPS.map((each) => ({ value: each, label: STEP_WORDS[each] }))}
        />
      </FormGroup>
      <Field
        id={`${id}-on`}
        label="On (UTC)"
        value={on}
        placeholder="2019-11-05 or 2019-11-05T14:02:00Z"
        onValue={(text) => onDraft({ on: text })}
      />
      <Field id={`${id}-by`} label="By" value={by} placeholder="who did it" onValue={(text) => onDraft({ by: text })} />
      <Field
        id={`${id}-due`}
        label={on.trim() === "" || following === undefined ? "Due" : `${STEP_WORDS[following]}: due`}
        value={due}
        placeholder="the day that is planned"
        onValue={(text) => onDraft({ due: text })}
      />
      {step === "audited" && (
        <FormGroup label="Result" labelFor={`${id}-result`}>
          <HTMLSelect
            id={`${id}-result`}
            fill
            value={result}
            onChange={(event) => onDraft({ result: event.currentTarget.value })}
            options={["", ...AUDIT_RESULTS]}
          />
        </FormGroup>
      )}
      <FormGroup label="Files">
        <Button text="Attach files" onClick={() => void attach()} />
        {files.map((file) => (
          <span key={file} className="muted">
            {" "}
            {inertText(fileName(pathOf(file)))}
          </span>
        ))}
      </FormGroup>
    </div>
  );
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
