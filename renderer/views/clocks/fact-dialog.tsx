import { InputGroup } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { useSession } from "../../session/session.tsx";
import { momentText, typedMoment } from "./words.ts";

/** Sets a fact of the case: when, in which zone, and how it is known. */
export function FactDialog({ fact, onClose }: { fact: string; onClose(): void }): ReactNode {
  const session = useSession();
  const [time, setTime] = useState("");
  const [zone, setZone] = useState("UTC");
  const id = useId();
  const act = async (reason: string) => {
    const { value } = await session.act("setFact", { fact, time: typedMoment(time, zone), reason });
    session.say(`${fact}: ${momentText(value)}.`);
  };
  return (
    <ReasonDialog title={`Set ${fact}`} about={fact} verb="Set" onReason={act} onClose={onClose}>
      <div className="clock-fields">
        <label htmlFor={`${id}-time`}>Day or time</label>
        <InputGroup
          id={`${id}-time`}
          value={time}
          placeholder="2019-11-05 or 2019-11-05 09:30"
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        <label htmlFor={`${id}-zone`}>Zone</label>
        <InputGroup
          id={`${id}-zone`}
          value={zone}
          placeholder="UTC or +01:00"
          onChange={(event) => setZone(event.currentTarget.value)}
        />
      </div>
      <p className="muted">A day alone is that whole day, in each clock's own zone; hours run from its beginning.</p>
    </ReasonDialog>
  );
}
