import type { CaseChanges } from "../../../shared/model/accountability/changes.ts";
import type { KnownState } from "../../changes/case-changes.ts";
import { actsBetween, lastAct } from "../../changes/changing-acts.ts";
import { stateOf } from "../../changes/state-of.ts";
import type { Session } from "./session.ts";

/** States before the last acts that are remembered, each as large as its findings. */
const MAX_STATES = 8;

const kept = new WeakMap<Session, KnownState[]>();

/**
 * What is found before an act changes it. Only where it has been worked out already, as whoever looks at a window has: to ask
 * for it anew would make each act wait.
 */
export function keepState(session: Session): void {
  const inquiry = session.inquiryWorkedOut;
  if (!inquiry?.isJudged) return;
  const act = lastAct(session.caseFile.db);
  const states = statesKept(session);
  if (states[0]?.act === act) return;
  kept.set(session, [{ act, state: stateOf(inquiry) }, ...states].slice(0, MAX_STATES));
}

/** The last one first. */
export const statesKept = (session: Session): readonly KnownState[] => kept.get(session) ?? [];

const compared = new WeakMap<Session, { readonly key: string; readonly changes: Promise<CaseChanges> }>();

/** The last comparison, as long as no act has changed what it rests on. */
export function keptChanges(
  session: Session,
  [before, after]: readonly (number | undefined)[],
  work: () => Promise<CaseChanges>,
): Promise<CaseChanges> {
  const last = actsBetween(session.caseFile.db, 0).at(-1)?.seq;
  const key = JSON.stringify([before, Math.min(after ?? 0, last ?? 0), last]);
  const known = compared.get(session);
  if (known?.key === key) return known.changes;
  const changes = work();
  compared.set(session, { key, changes });
  changes.catch(() => compared.delete(session));
  return changes;
}
