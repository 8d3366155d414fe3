import type { z } from "zod";
import type { Contract, Hooks, Reply, RequestName } from "../../shared/contract/contract.ts";
import type { Session } from "./session/session.ts";

/** A handler for each request of a table of the contract. A table of handlers that lacks one does not compile. */
export type HandlersOf<Requests extends Partial<Contract>> = {
  readonly [Name in keyof Requests & RequestName]: (
    session: Session,
    input: z.output<Contract[Name]["input"]>,
    hooks: Hooks,
  ) => Reply<Name> | Promise<Reply<Name>>;
};
