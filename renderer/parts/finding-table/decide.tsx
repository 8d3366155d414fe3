import { type ReactNode, useCallback, useRef, useState } from "react";
import type { Disposition } from "../../../shared/model/finding.ts";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import { Inert, inertText } from "../inert.tsx";
import { ReasonDialog } from "../reason-dialog.tsx";

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
    dialog: asked && <DecideDialog key={`${asked.subject.developer_id} ${asked.to}`} {...asked} onClose={close} />,
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

function DecideDialog({ subject, to, onClose }: { subject: Subject; to: Disposition; onClose: () => void }): ReactNode {
  const session = useSession();
  const { verb, done, word } = DECISIONS[to];
  const decide = async (reason: string) => {
    await session.act("finding", { developer: subject.developer_id, rule: subject.rule, disposition: to, reason });
    session.say(`${done} the finding on ${inertText(subject.developer)}.`);
  };
  return (
    <ReasonDialog
      title={`${verb} the finding`}
      about={`${subject.rule} ${subject.developer_id}`}
      verb={verb}
      onReason={decide}
      onClose={onClose}
    >
      <p>
        <strong>
          <Inert text={subject.developer} />
        </strong>{" "}
        <span className="muted">
          under {subject.rule}, {subject.status === to ? `already ${word}` : `now ${DECISIONS[subject.status].word}`}
        </span>
      </p>
    </ReasonDialog>
  );
}
