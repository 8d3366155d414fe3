import { Refusal } from "../../shared/base/errors.ts";

/** A workbook that is not read: of another kind, or not as it must be. */
export class UnreadWorkbook extends Refusal {
  /** The same of a file inside another, which is named elsewhere. */
  readonly why: string;

  /** `what` goes on from the name. */
  constructor(name: string, what: string, todo: string, cause?: unknown) {
    super("file-unreadable", `${name} ${what}. Nothing of it was imported`, todo, { cause });
    this.why = `it ${what}: ${todo}`;
  }
}
