import { Button, DialogBody, DialogFooter, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useId, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { LETTER_KINDS, LETTERS, type LetterKind } from "../../../shared/model/accountability/letter.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { Updating } from "../../parts/updating.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { STEP_WORDS } from "../../text/step-words.ts";
import type { Card } from "./cards.ts";

/** Letters to developers, filled from the case; what it cannot fill is said, and stays open in the text. */
export function Letters({
  cards,
  rule,
  at,
  onClose,
}: {
  cards: readonly Card[];
  rule: string;
  /** Now, by which a day is proposed. */
  at: string;
  onClose(): void;
}): ReactNode {
  const session = useSession();
  const id = useId();
  const next = cards[0]?.row.next;
  const [kind, setKind] = useState<LetterKind>(LETTER_KINDS.find((each) => LETTERS[each].step === next) ?? "notice");
  const [index, setIndex] = useState(0);
  const [when, setWhen] = useState(at.slice(0, 10));
  const [error, setError] = useState<RefusalData>();
  const developer = cards[index]?.row;
  const asked = useAsk("letter", developer && { kind, developer_id: developer.developer_id, rule });
  const { step } = LETTERS[kind];
  const isDone = kind === "notice" || kind === "deletion";
  const readOnly = useReadOnly();
  const attach = async () => {
    setError(undefined);
    try {
      const developers = cards.map(({ row }) => row.developer_id);
      const { entries } = await session.act("recordLetters", { kind, developers, rule, when });
      flushSync(onClose);
      session.say(`${STEP_WORDS[step]}: recorded ${counted(entries.length, "step")}, each with its letter.`);
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
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
        <div className="row-of-buttons">
          <label htmlFor={`${id}-when`}>{isDone ? "Sent on" : `${STEP_WORDS[step]} due`}</label>
          <InputGroup
            id={`${id}-when`}
            value={when}
            placeholder="2019-11-29"
            onChange={(event) => setWhen(event.currentTarget.value)}
          />
          <Button
            text={cards.length === 1 ? "Attach to its step" : `Attach ${cards.length} letters to their steps`}
            disabled={readOnly !== undefined || when.trim() === ""}
            title={readOnly ?? `Records ${STEP_WORDS[step]}, ${isDone ? "done" : "due"}, with the letter in evidence`}
            onClick={() => void attach()}
          />
        </div>
        {error && <ErrorPanel error={error} />}
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
