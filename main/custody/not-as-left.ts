import { Refusal } from "../../shared/base/errors.ts";

/** What rows are that no act made, or not so: nothing is answered from them. */
export const notAsLeft = (folder: string, what: string): Refusal =>
  new Refusal(
    "case-damaged",
    `The database of ${folder} is not as its acts left it: ${what}`,
    "see all of it with `exhibit verify CASE`, and restore it from a copy",
  );
