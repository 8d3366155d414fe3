import { HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import type { DeveloperRemedy, RemedyEntry } from "../../../shared/model/accountability/remedy.ts";
import { Inert } from "../../parts/inert.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { useSession } from "../../session/session.tsx";
import { STEP_WORDS } from "../../text/step-words.ts";

/** Which entry was wrong, the last one first, and why. It stays, and counts for nothing. */
export function TakeBack({ row, onClose }: { row: DeveloperRemedy; onClose(): void }): ReactNode {
  const session = useSession();
  const id = useId();
  const entries = row.entries.filter(({ taken_back }) => taken_back === undefined).reverse();
  const [n, setN] = useState(entries[0]?.n ?? 0);
  return (
    <ReasonDialog
      title="Take a step back"
      about={String(n)}
      verb="Take back"
      onReason={async (reason) => {
        await session.act("takeBackStep", { n, reason });
        session.say(`Entry ${n} is taken back.`);
      }}
      onClose={onClose}
    >
      <p>
        An entry of <Inert text={row.developer} most={120} /> that was wrong stays, and counts for nothing.
      </p>
      <label htmlFor={id} className="reason-label">
        Entry
      </label>
      <HTMLSelect
        id={id}
        fill
        value={n}
        onChange={(event) => setN(Number(event.currentTarget.value))}
        options={entries.map((entry) => ({ value: entry.n, label: labelOf(entry) }))}
      />
    </ReasonDialog>
  );
}

const labelOf = ({ n, step, on, due }: RemedyEntry): string =>
  `${n}: ${STEP_WORDS[step]}, ${on === undefined ? `due ${due}` : `on ${on}`}`;
