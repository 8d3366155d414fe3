import { Button, FormGroup, InputGroup } from "@blueprintjs/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession, useShared } from "../../session/session.tsx";

/** Title and examiner; the folder is asked for by the system's own dialog. */
export function NewCase({ onClose }: { onClose(): void }): ReactNode {
  const session = useSession();
  const layout = useShared((state) => state.settings.layout);
  const [title, setTitle] = useState("");
  const [examiner, setExaminer] = useState(typeof layout.examiner === "string" ? layout.examiner : "");
  const [refused, setRefused] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);

  const create = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setRefused(undefined);
    try {
      const made = await desktop("createCase", { title: title.trim(), examiner: examiner.trim() });
      if (made.case) session.change({ layout: { ...layout, examiner: examiner.trim() } });
    } catch (error) {
      setRefused(refusalOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <form className="panel new-case" aria-label="New case" onSubmit={create}>
      <FormGroup label="Title" labelFor="case-title">
        <InputGroup id="case-title" autoFocus value={title} onValueChange={setTitle} placeholder="Groups API 2018" />
      </FormGroup>
      <FormGroup
        label="Examiner"
        labelFor="case-examiner"
        helperText="Who answers for the case. Every act is recorded under this name."
      >
        <InputGroup
          id="case-examiner"
          value={examiner}
          onValueChange={setExaminer}
          placeholder="R. Vale <r.vale@example.org>"
        />
      </FormGroup>
      {refused && <ErrorPanel error={refused} />}
      <div className="row-of-buttons">
        <Button
          type="submit"
          intent="primary"
          text="Choose a folder"
          loading={isBusy}
          disabled={title.trim() === "" || examiner.trim() === ""}
        />
        <Button text="Cancel" onClick={onClose} />
      </div>
    </form>
  );
}
