import { Button, Dialog, DialogBody, DialogFooter, TextArea } from "@blueprintjs/core";
import { type ReactNode, useCallback, useId, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/errors.ts";
import type { Disposition } from "../../../shared/model/finding.ts";
import { useCommand } from "../../app/command.ts";
import { refusalOf } from "../../app/refusal.ts";
import { useReadOnly, useSession } from "../../app/session.tsx";
import { ErrorPanel } from "../errorpanel.tsx";
import { Inert, inertText } from "../inert.tsx";

export const DECISIONS = {
  confirmed: { verb: "Confirm", done: "Confirmed", word: "confirmed" },
  dismissed: { verb: "Dismiss", done: "Dismissed", word: "dismissed" },
  disputed: { verb: "Dispute", done: "Marked as disputed", word: "disputed" },
  open: { verb: "Reopen", done: "Reopened", word: "open" },
} as const satisfies Record<Disposition, { verb: string; done: string; word: string }>;

export interface Subject {
  readonly rule: string;
  readonly developer_id: string;
  readonly developer: string;
  readonly status: Disposition;
}

export interface Decide {
  /** Why nothing can be decided; undefined: it can. */
  readonly why: string | undefined;
  ask(subject: Subject, to: Disposition): void;
  readonly dialog: ReactNode;
}

/** Confirm, dismiss, dispute, reopen: each asks for its reason, then is written down for good. */
export function useDecide(): Decide {
  const [asked, setAsked] = useState<{ subject: Subject; to: Disposition }>();
  const before = useRef<Element | null>(null);
  const close = useCallback(() => {
    setAsked(undefined);
    // a menu that the dialog was asked from is gone: then the list is where one was
    const back =
      before.current?.isConnected && !before.current.closest(".bp6-menu")
        ? before.current
        : document.querySelector('[role="grid"]');
    requestAnimationFrame(() => (back as HTMLElement | null)?.focus());
  }, []);
  return {
    why: useReadOnly(),
    ask: (subject, to) => {
      before.current = document.activeElement;
      setAsked({ subject, to });
    },
    dialog: asked && <ReasonDialog key={`${asked.subject.developer_id} ${asked.to}`} {...asked} onClose={close} />,
  };
}

/** `c`, `d`, `x` on the finding in view. */
export function useDecideKeys(decide: Decide, subject: Subject | undefined): void {
  const why = decide.why ?? (subject ? undefined : "Choose a developer first");
  const enabled = why === undefined;
  const run = (to: Disposition) => () => subject && decide.ask(subject, to);
  useCommand("finding.confirm", run("confirmed"), { enabled, why });
  useCommand("finding.dismiss", run("dismissed"), { enabled, why });
  useCommand("finding.dispute", run("disputed"), { enabled, why });
}

function ReasonDialog({ subject, to, onClose }: { subject: Subject; to: Disposition; onClose: () => void }): ReactNode {
  const session = useSession();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<RefusalData>();
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const { verb, done, word } = DECISIONS[to];
  const isEmpty = reason.trim() === "";

  const submit = async () => {
    if (isEmpty || isBusy) return field.current?.focus();
    setIsBusy(true);
    try {
      await session.act("finding", { developer: subject.developer_id, rule: subject.rule, disposition: to, reason });
      session.say(`${done} the finding on ${inertText(subject.developer)}.`);
      onClose();
    } catch (fault) {
      setError(refusalOf(fault));
      setIsBusy(false);
    }
  };

  return (
    <Dialog isOpen onClose={onClose} title={`${verb} the finding`} onOpened={() => field.current?.focus()}>
      <DialogBody>
        <p>
          <strong>
            <Inert text={subject.developer} />
          </strong>{" "}
          <span className="muted">
            under {subject.rule}, {subject.status === to ? `already ${word}` : `now ${DECISIONS[subject.status].word}`}
          </span>
        </p>
        <div>
          <label className="reason-label" htmlFor={id}>
            Reason
          </label>
          <TextArea
            id={id}
            inputRef={field}
            fill
            rows={4}
            value={reason}
            required
            aria-describedby={`${id}-say`}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
            }}
          />
          <p id={`${id}-say`} className="muted">
            Goes into the case's record with your name and the time, and is never changed.
          </p>
        </div>
        {error && <ErrorPanel error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={onClose} />
            <Button intent="primary" text={verb} disabled={isEmpty} loading={isBusy} onClick={() => void submit()} />
          </>
        }
      />
    </Dialog>
  );
}
