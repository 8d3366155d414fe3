import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { CHANGE_REQUESTS } from "../../shared/contract/changes.ts";
import { caseChanges, needsCalls } from "../changes/case-changes.ts";
import { actShown, actsBetween, beforeLastChange, lastAct } from "../changes/changing-acts.ts";
import type { HandlersOf } from "./handlers.ts";
import { keepState, keptChanges, statesKept } from "./session/kept-states.ts";

/** @throws Refusal `usage`: what was never done has no state behind it, and nothing lies between a state and an earlier one */
function demandActs([before, after]: readonly [number, number], last: number): void {
  const none = [before, after].find((act) => act > last);
  if (none !== undefined)
    throw new Refusal(
      "usage",
      `The case has no act ${none}: its last one is ${last}`,
      "`exhibit custody CASE` lists them",
    );
  if (before > after)
    throw new Refusal("usage", `Act ${before} is later than act ${after}`, "give the earlier one with --before");
}

export const CHANGE_HANDLERS: HandlersOf<typeof CHANGE_REQUESTS> = {
  changes: async (session, asked, hooks) => {
    const { caseFile } = session;
    const states = statesKept(session);
    const before = asked.before ?? states[0]?.act ?? (asked.kept ? undefined : beforeLastChange(caseFile.db));
    if (before === undefined) return {};
    const { inquiry } = session;
    const ends = [before, asked.after ?? lastAct(caseFile.db)] as const;
    demandActs(ends, lastAct(caseFile.db));
    if (ends.some((act) => needsCalls(inquiry, act, states))) return { before };
    const work = () => caseChanges(inquiry, { before, ...given({ after: asked.after }) }, states, hooks);
    return { before, changes: await keptChanges(session, ends, work) };
  },
  changesReadAgain: ({ inquiry }, asked, hooks) => caseChanges(inquiry, given(asked), [], hooks),
  changingActs: ({ caseFile }) => ({ acts: actsBetween(caseFile.db, 0).map(actShown).reverse() }),
  keepState: (session) => {
    keepState(session);
    return {};
  },
};
