import fs from "node:fs";
import path from "node:path";
import { instant } from "../../shared/base/moment.ts";
import type { CaseChanges, CaseState } from "../../shared/model/accountability/changes.ts";
import { openCase } from "../case/case.ts";
import { Inquiry } from "../findings/inquiry.ts";
import type { ImportHooks } from "../intake/run-import.ts";
import { workingFolder } from "../platform/working-folder.ts";
import { actShown, actsBetween, changesCalls, lastAct } from "./changing-acts.ts";
import { compareStates } from "./compare-states.ts";
import { copyRewound } from "./rewind-calls.ts";
import { layOver, registryBehind, rewindTables } from "./rewind-tables.ts";
import { stateOf } from "./state-of.ts";

/** A state that was worked out when the case was as an act had left it. */
export interface KnownState {
  readonly act: number;
  readonly state: CaseState;
}

interface Asked {
  /** Acts: the case as it was behind them. */
  readonly before: number;
  /** Without it the case as it is. */
  readonly after?: number | undefined;
}

/** Whether calls have to be read again to know the case as it was behind an act. */
export const needsCalls = (inquiry: Inquiry, act: number, known: readonly KnownState[]): boolean =>
  !known.some((each) => isSameState(inquiry, each.act, act)) &&
  actsBetween(inquiry.dataset.caseFile.db, act).some(changesCalls);

/**
 * What is otherwise behind one act than behind an earlier one. States that are `known` are not worked out again.
 * @throws Refusal `state-lost`, `cancelled`
 */
export async function caseChanges(
  inquiry: Inquiry,
  { before, after }: Asked,
  known: readonly KnownState[],
  hooks: ImportHooks = {},
): Promise<CaseChanges> {
  const { db } = inquiry.dataset.caseFile;
  const last = after ?? lastAct(db);
  const [was, is] = [await stateAt(inquiry, before, known, hooks), await stateAt(inquiry, last, known, hooks)];
  return { before, after: last, acts: actsBetween(db, before, last).map(actShown), ...compareStates(was, is) };
}

/** Between the two nothing was done that can change a finding. */
const isSameState = ({ dataset }: Inquiry, one: number, other: number): boolean =>
  actsBetween(dataset.caseFile.db, Math.min(one, other), Math.max(one, other)).length === 0;

/** The case as it was behind an act: as it is, as it was kept, with other tables over it, or in a copy with other calls. */
async function stateAt(
  inquiry: Inquiry,
  act: number,
  known: readonly KnownState[],
  hooks: ImportHooks,
): Promise<CaseState> {
  const { caseFile } = inquiry.dataset;
  // Both are looked at by one clock: what is due does not change with the case.
  const now = instant(Date.now() * 1000);
  const later = actsBetween(caseFile.db, act);
  if (later.length === 0) return stateOf(inquiry, now);
  const registry = registryBehind(caseFile.db, act);
  const kept = known.find((each) => isSameState(inquiry, each.act, act));
  if (kept) return kept.state;
  if (!later.some(changesCalls)) {
    const beside = openCase(caseFile.folder, "read");
    try {
      layOver(beside.db);
      rewindTables(beside, later, registry);
      return stateOf(new Inquiry(beside, { beside: inquiry, asItWas: true }), now);
    } finally {
      beside.close();
    }
  }
  const folder = workingFolder("rewind");
  try {
    const copy = await copyRewound(caseFile, later, act, path.join(folder, "case"), hooks);
    try {
      rewindTables(copy, later, registry);
      return stateOf(new Inquiry(copy, { asItWas: true }), now);
    } finally {
      copy.close();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
