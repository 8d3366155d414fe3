import { type ReactNode, useCallback, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Disposition } from "../../../shared/model/finding.ts";
import { useReadOnly, useSession } from "../../session/session.tsx";
import type { DecidedFinding } from "../../session/state.ts";
import { useCommand } from "../../session/use-command.ts";
import { Inert, inertText } from "../inert.tsx";
import { ReasonDialog } from "../reason-dialog.tsx";

export const DECISIONS = {
  confirmed: { verb: "Confirm", done: "Confirmed", word: "confirmed" },
  dismissed: { verb: "Dismiss", done: "Dismissed", word: "dismissed" },
  disputed: { verb: "Dispute", done: "Marked as disputed", word: "disputed" },
  open: { verb: "Reopen", done: "Reopened", word: "open" },
} as const satisfies Record<Disposition, { verb: string; done: string; word: string }>;

export type Subject = DecidedFinding;

export interface Decide {
  /** Why nothing can be decided; undefined: it can. */
  readonly why: string | undefined;
  /** One finding or several, with one reason. */
  ask(subjects: readonly Subject[], to: Disposition): void;
  readonly dialog: ReactNode;
}

/** Names written out; the rest is a number. */
const MAX_NAMED = 8;

/** Confirm, dismiss, dispute, reopen: each asks for its reason, then is written down for good. */
export function useDecide(): Decide {
  const [asked, setAsked] = useState<{ subjects: readonly Subject[]; to: Disposition }>();
  const before = useRef<Element | null>(null);
  const close = useCallback(() => {
    setAsked(undefined);
    // a menu that the dialog was asked from is gone: then the list is where one was
    const list = document.querySelector('[role="grid"]');
    const back = before.current?.isConnected && !before.current.closest(".bp6-menu") ? before.current : list;
    requestAnimationFrame(() => {
      (back as HTMLElement | null)?.focus();
      // a button whose act was just done takes no focus any more
      if (document.activeElement !== back) (list as HTMLElement | null)?.focus();
    });
  }, []);
  return {
    why: useReadOnly(),
    ask: (subjects, to) => {
      if (subjects.length === 0) return;
      before.current = document.activeElement;
      setAsked({ subjects, to });
    },
    dialog: asked && <DecideDialog key={`${asked.subjects[0]?.developer_id} ${asked.to}`} {...asked} onClose={close} />,
  };
}

/** `c`, `d`, `x`, `u` on the findings in view: those that are picked, else the current one. */
export function useDecideKeys(decide: Decide, subjects: readonly Subject[]): void {
  const why = decide.why ?? (subjects.length > 0 ? undefined : "Choose a developer first");
  const enabled = why === undefined;
  const run = (to: Disposition) => () => decide.ask(subjects, to);
  const isOpen = subjects.every((each) => each.status === "open");
  useCommand("finding.confirm", run("confirmed"), { enabled, why });
  useCommand("finding.dismiss", run("dismissed"), { enabled, why });
  useCommand("finding.dispute", run("disputed"), { enabled, why });
  useCommand("finding.reopen", run("open"), {
    enabled: enabled && !isOpen,
    why: why ?? (isOpen ? "The finding is open" : undefined),
  });
}

function DecideDialog({
  subjects,
  to,
  onClose,
}: {
  subjects: readonly Subject[];
  to: Disposition;
  onClose: () => void;
}): ReactNode {
  const session = useSession();
  const { verb, done, word } = DECISIONS[to];
  const [first, ...others] = subjects;
  const isOne = others.length === 0;
  const what = isOne ? "the finding" : `${figure(subjects.length)} findings`;
  const decide = async (reason: string) => {
    const findings = subjects.map(({ rule, developer_id }) => ({ rule, developer_id }));
    await session.act("decide", { findings, disposition: to, reason });
    const about = isOne ? `the finding on ${inertText(first?.developer ?? "")}` : what;
    session.say(`${done} ${about}.`, {
      ...(to === "open" ? {} : { offers: { reopen: subjects.map((each) => ({ ...each, status: to })) } }),
    });
  };
  return (
    <ReasonDialog
      title={`${verb} ${what}`}
      about={subjects.map((each) => `${each.rule} ${each.developer_id}`).join(" ")}
      verb={verb}
      onReason={decide}
      onClose={onClose}
    >
      {isOne && first ? (
        <p>
          <strong>
            <Inert text={first.developer} />
          </strong>{" "}
          <span className="muted">
            under {first.rule}, {first.status === to ? `already ${word}` : `now ${DECISIONS[first.status].word}`}
          </span>
        </p>
      ) : (
        <p>
          {subjects.slice(0, MAX_NAMED).map((each, index) => (
            <span key={each.developer_id}>
              {index > 0 && ", "}
              <Inert text={each.developer} most={80} />
            </span>
          ))}
          {subjects.length > MAX_NAMED && ` and ${figure(subjects.length - MAX_NAMED)} more`}
          <span className="muted">: one reason, {figure(subjects.length)} entries in custody.</span>
        </p>
      )}
    </ReasonDialog>
  );
}
