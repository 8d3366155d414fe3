import { Button, DialogBody, DialogFooter, HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import { LETTER_KINDS, LETTERS, type LetterKind } from "../../../shared/model/accountability/letter.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { Updating } from "../../parts/updating.tsx";
import { desktop } from "../../session/client.ts";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import type { Card } from "./cards.ts";

/** Letters to developers, filled from the case; what it cannot fill is said, and stays open in the text. */
export function Letters({
  cards,
  rule,
  onClose,
}: {
  cards: readonly Card[];
  rule: string;
  onClose(): void;
}): ReactNode {
  const session = useSession();
  const id = useId();
  const next = cards[0]?.row.next;
  const [kind, setKind] = useState<LetterKind>(LETTER_KINDS.find((each) => LETTERS[each].step === next) ?? "notice");
  const [index, setIndex] = useState(0);
  const developer = cards[index]?.row;
  const asked = useAsk("letter", developer && { kind, developer_id: developer.developer_id, rule });
  const copy = async () => {
    if (asked.reply === undefined) return;
    await desktop("copyText", { text: asked.reply.text });
    session.say(`${LETTERS[kind].title} copied.`);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      className="remedy-letters"
      title={`Letter to ${inertText(developer?.developer ?? "")}`}
    >
      <DialogBody>
        <div className="row-of-buttons">
          <label htmlFor={id}>Letter</label>
          <HTMLSelect
            id={id}
            autoFocus
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as LetterKind)}
            options={LETTER_KINDS.map((each) => ({ value: each, label: LETTERS[each].title }))}
          />
          {cards.length > 1 && (
            <>
              <span className="gap" />
              <Button text="Previous" disabled={index === 0} onClick={() => setIndex(index - 1)} />
              <span className="muted">
                {index + 1} of {cards.length}
              </span>
              <Button text="Next" disabled={index === cards.length - 1} onClick={() => setIndex(index + 1)} />
            </>
          )}
        </div>
        <Updating asked={asked}>
          {({ text, open }) => (
            <>
              <p className={open.length > 0 ? "remedy-late" : "muted"} role="status">
                {open.length === 0
                  ? "Every place is filled."
                  : `${counted(open.length, "place")} open: ${open.join(", ")}.`}
              </p>
              <section className="remedy-letter" aria-label="Text" tabIndex={0}>
                {text.split("\n").map((line, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, drawn anew with it.
                  <div key={at}>{line === "" ? "\u00a0" : <Inert text={line} />}</div>
                ))}
              </section>
            </>
          )}
        </Updating>
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Close" onClick={onClose} />
            <Button
              intent="primary"
              text="Copy the text"
              disabled={asked.reply === undefined}
              onClick={() => void copy()}
            />
          </>
        }
      />
    </Dialog>
  );
}
