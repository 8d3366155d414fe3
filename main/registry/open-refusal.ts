import { Refusal } from "../../shared/base/errors.ts";
import type { RegistryOpen } from "../../shared/model/registry.ts";

/** A registry file that is refused until a person says how one thing in it is meant, and where in it that is. */
export class OpenRefusal extends Refusal {
  readonly #about: Pick<RegistryOpen, "where" | "columns" | "by">;

  constructor(what: string, todo: string, about: Pick<RegistryOpen, "where" | "columns" | "by">) {
    super("registry-wrong", what, todo);
    this.#about = about;
  }

  open(): RegistryOpen {
    return { ...this.data(), ...this.#about };
  }
}

/** What is done about each thing that is open: the first is thrown, or all are gathered. */
export type Refuse = (refusal: OpenRefusal) => void;

export const raise: Refuse = (refusal) => {
  throw refusal;
};
