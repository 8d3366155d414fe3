import { given } from "../../shared/base/given.ts";
import type { CHANGE_REQUESTS } from "../../shared/contract/changes.ts";
import { caseChanges, needsCalls } from "../changes/case-changes.ts";
import { actShown, actsBetween, beforeLastChange, lastAct } from "../changes/changing-acts.ts";
import type { HandlersOf } from "./handlers.ts";
import { keepState, keptChanges, statesKept } from "./session/kept-states.ts";

export const CHANGE_HANDLERS: HandlersOf<typeof CHANGE_REQUESTS> = {
  changes: async (session, asked, hooks) => {
    const { caseFile } = session;
    const states = statesKept(session);
    const before = asked.before ?? states[0]?.act ?? (asked.kept ? undefined : beforeLastChange(caseFile.db));
    if (before === undefined) return {};
    const { inquiry } = session;
    const ends = [before, asked.after ?? lastAct(caseFile.db)];
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
