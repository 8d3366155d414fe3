import { Refusal } from "../../shared/base/errors.ts";
import { CONTRACT, type Hooks, type Input, type Reply, type RequestName } from "../../shared/contract/contract.ts";
import type { OpenedBundle } from "../bundle/review/open-bundle.ts";
import type { Case } from "../case/case.ts";
import { faultOf } from "../platform/system-errors.ts";
import { handlerOf } from "./dispatch.ts";
import { Session } from "./session/session.ts";

/** Answers every request about one open case. */
export class Engine {
  readonly caseFile: Case;
  readonly #session: Session;

  constructor(caseFile: Case, known?: OpenedBundle["known"]) {
    this.caseFile = caseFile;
    this.#session = new Session(caseFile, known);
  }

  /** What nobody foresaw may have a damaged database behind it. Only then is the whole of it checked. */
  async #damageBehind(error: unknown): Promise<Refusal | undefined> {
    const { isDamaged } = await import("../bundle/verify/case/verify-case.ts");
    if (!isDamaged(this.caseFile.db)) return undefined;
    return new Refusal(
      "case-damaged",
      `The database of ${this.caseFile.folder} is damaged`,
      "see what with `exhibit verify CASE`, and restore it from a copy",
      { cause: error },
    );
  }

  /** @throws Refusal always, never a bare error: what it says is for the user */
  async ask<Name extends RequestName>(name: Name, input: Input<Name>, hooks: Hooks = {}): Promise<Reply<Name>> {
    const parsed = CONTRACT[name].input.safeParse(input);
    if (!parsed.success)
      throw new Refusal(
        "usage",
        `The request ${name} is not well formed (${parsed.error.issues[0]?.message ?? "unknown"})`,
        "ask again",
      );
    try {
      const found = handlerOf(name);
      const handler = found instanceof Promise ? await found : found;
      return (await handler(this.#session, parsed.data, hooks)) as Reply<Name>;
    } catch (error) {
      throw faultOf(error, this.caseFile.folder) ?? (await this.#damageBehind(error)) ?? error;
    }
  }
}
