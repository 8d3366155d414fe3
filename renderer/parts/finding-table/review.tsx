import { Button, FormGroup, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { useSession, useShared } from "../../session/session.tsx";
import { useUnsaved } from "../../session/use-unsaved.ts";
import { Inert, inertText } from "../inert.tsx";
import { ReasonDialog } from "../reason-dialog.tsx";
import type { Subject } from "./decide.tsx";

type Stance = "agrees" | "objects";

/** A second examiner says, under a name of their own, whether they agree with findings or object. */
export function Review({ subjects, why }: { subjects: readonly Subject[]; why: string | undefined }): ReactNode {
  const [stance, setStance] = useState<Stance>();
  return (
    <>
      <Button
        size="small"
        text="Second examiner agrees"
        disabled={why !== undefined}
        title={why ?? ""}
        onClick={() => setStance("agrees")}
      />
      <Button
        size="small"
        text="Objects"
        aria-label="Second examiner objects"
        disabled={why !== undefined}
        title={why ?? ""}
        onClick={() => setStance("objects")}
      />
      {stance && <ReviewDialog subjects={subjects} stance={stance} onClose={() => setStance(undefined)} />}
    </>
  );
}

function ReviewDialog({
  subjects,
  stance,
  onClose,
}: {
  subjects: readonly Subject[];
  stance: Stance;
  onClose: () => void;
}): ReactNode {
  const session = useSession();
  const examiner = useShared((state) => state.info?.examiner ?? "");
  const [by, setBy] = useUnsaved("second examiner");
  const [first] = subjects;
  const what =
    subjects.length === 1 && first
      ? `the finding on ${inertText(first.developer)}`
      : `${figure(subjects.length)} findings`;
  const verb = stance === "agrees" ? "Agree" : "Object";
  const review = async (reason: string) => {
    const findings = subjects.map(({ rule, developer_id }) => ({ rule, developer_id }));
    await session.act("review", { findings, stance, reason, by });
    session.say(`${inertText(by.trim())} ${stance === "agrees" ? "agrees with" : "objects to"} ${what}.`);
  };
  return (
    <ReasonDialog
      title={`${verb} as a second examiner`}
      about={subjects.map((each) => `${each.rule} ${each.developer_id}`).join(" ")}
      verb={verb}
      onReason={review}
      onClose={onClose}
    >
      <p>
        {stance === "agrees" ? "Agrees with" : "Objects to"} {what}. The decision of <Inert text={examiner} most={80} />{" "}
        stays as it is; this stands beside it.
      </p>
      <FormGroup label="Second examiner" labelFor="second-examiner">
        <InputGroup
          id="second-examiner"
          placeholder="J. Okafor <okafor@example.org>"
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
      </FormGroup>
    </ReasonDialog>
  );
}
