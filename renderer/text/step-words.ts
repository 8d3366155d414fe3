import type { Step } from "../../shared/model/accountability/remedy.ts";

/** What the steps of remedy are called, everywhere. */
export const STEP_WORDS: Readonly<Record<Step, string>> = {
  revoked: "Revoked",
  notified: "Notified",
  requested: "Asked",
  certified: "Certified",
  audited: "Audited",
  closed: "Closed",
};
