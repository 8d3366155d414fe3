import { instant } from "../../shared/base/moment.ts";
import type { StateChanges } from "../../shared/model/accountability/changes.ts";
import { type Case, openCase } from "../case/case.ts";
import { Inquiry } from "../findings/inquiry.ts";
import { compareStates } from "./compare-states.ts";
import { layOver } from "./rewind-tables.ts";
import { stateOf } from "./state-of.ts";

/** What an act on the case's tables would change. It is done in tables laid over them, for a connection that then ends. */
export function previewOf(inquiry: Inquiry, act: (caseFile: Case) => void): StateChanges {
  const now = instant(Date.now() * 1000);
  const beside = openCase(inquiry.dataset.caseFile.folder, "read");
  try {
    layOver(beside.db);
    act(beside);
    const after = stateOf(new Inquiry(beside, { beside: inquiry, asItWas: true }), now);
    return compareStates(stateOf(inquiry, now), after);
  } finally {
    beside.close();
  }
}
