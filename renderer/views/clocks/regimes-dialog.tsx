import { Button, Checkbox, DialogBody, DialogFooter } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { Updating } from "../../parts/updating.tsx";
import { refusalOf } from "../../session/refusal.ts";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { givesText } from "./words.ts";

/** The regimes that Exhibit brings, each with what of it is unconfirmed. */
export function RegimesDialog({ onClose }: { onClose(): void }): ReactNode {
  const session = useSession();
  const asked = useAsk("regimes", {});
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [error, setError] = useState<RefusalData>();
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  const submit = async () => {
    try {
      const { clocks } = await session.act("addRegimes", { regimes: [...chosen] });
      flushSync(onClose);
      session.say(`${counted(clocks.length, "clock")} in force.`);
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title="Add a regime" className="regimes-dialog">
      <DialogBody>
        <p>A beginning for counsel, and no legal advice. A clock of the same name takes the older one's place.</p>
        <Updating asked={asked}>
          {({ regimes }) => (
            <ul className="regimes">
              {regimes.map(({ id, clocks }) => (
                <li key={id}>
                  <Checkbox checked={chosen.includes(id)} label={id} onChange={() => toggle(id)} />
                  {clocks.map((clock) => (
                    <p key={clock.id}>
                      <Inert text={`${clock.title ?? clock.id}: ${givesText(clock)}.`} most={300} />{" "}
                      <span className="muted">
                        Unconfirmed: <Inert text={clock.unconfirmed ?? ""} most={1000} />
                      </span>
                    </p>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </Updating>
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={onClose} />
            <Button
              intent="primary"
              text={chosen.length === 0 ? "Add" : `Add ${counted(chosen.length, "regime")}`}
              disabled={chosen.length === 0}
              onClick={() => void submit()}
            />
          </>
        }
      />
    </Dialog>
  );
}
