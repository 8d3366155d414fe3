import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { Refusal } from "../../../shared/base/errors.ts";
import { type Chosen, type Purpose, pathOf, purposesOf } from "../../../shared/contract/chosen.ts";

/** Bytes of a token. Nobody guesses 2^128. */
const TOKEN_BYTES = 16;

interface Given {
  readonly path: string;
  readonly purpose: Purpose;
}

/**
 * What a window's page may name: the files and folders that its person chose, each for what it was chosen for. The attacker is a page taken
 * over, which sends what it likes; the main process alone turns what was chosen back into paths.
 */
export class ChosenFiles {
  readonly #given = new Map<string, Given>();
  /** Purpose and path → what stands for them. */
  readonly #known = new Map<string, Chosen>();

  /** The same again for the same: the page tells files apart by it. */
  give(path: string, purpose: Purpose): Chosen {
    const known = this.#known.get(`${purpose} ${path}`);
    if (known !== undefined) return known;
    const chosen = `${randomBytes(TOKEN_BYTES).toString("base64url")} ${path}` as Chosen;
    this.#given.set(chosen, { path, purpose });
    this.#known.set(`${purpose} ${path}`, chosen);
    return chosen;
  }

  /** A request's input with paths in place of what was chosen. What is not of its schema is left for whoever checks that. @throws Refusal */
  resolve(schema: z.core.$ZodType, input: unknown): unknown {
    const purposes = purposesOf(schema);
    if (purposes) return this.#pathOf(input, purposes);
    const { def } = schema._zod as unknown as { def: Shape };
    if (def.type === "optional") return input === undefined ? input : this.resolve(def.innerType, input);
    if (def.type === "array" && Array.isArray(input)) return input.map((item) => this.resolve(def.element, item));
    if (def.type !== "object" || typeof input !== "object" || input === null) return input;
    return Object.fromEntries(
      Object.entries(input).map(([key, value]) => {
        const inner = Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
        return [key, inner ? this.resolve(inner, value) : value];
      }),
    );
  }

  /** What was chosen to be saved as is written now: it can be shown and verified, and not be written again. */
  wrote(input: unknown): void {
    if (typeof input !== "object" || input === null) return;
    for (const value of Object.values(input)) {
      const given = this.#given.get(value as string);
      if (given?.purpose !== "save") continue;
      this.#known.delete(`save ${given.path}`);
      this.#given.set(value as string, { ...given, purpose: "made" });
    }
  }

  /** Another case: what was chosen for the one before is nobody's now. Cases of the list stay. */
  forget(): void {
    for (const [chosen, { path, purpose }] of this.#given) {
      if (purpose === "case") continue;
      this.#given.delete(chosen);
      this.#known.delete(`${purpose} ${path}`);
    }
  }

  #pathOf(input: unknown, purposes: readonly Purpose[]): string {
    const given = typeof input === "string" ? this.#given.get(input) : undefined;
    if (given && purposes.includes(given.purpose)) return given.path;
    const named = typeof input === "string" ? ` (${pathOf(input as Chosen).slice(0, 200)})` : "";
    throw new Refusal("not-chosen", `Nobody chose this file or folder here${named}`, "choose it again");
  }
}

type Shape =
  | { readonly type: "optional"; readonly innerType: z.core.$ZodType }
  | { readonly type: "array"; readonly element: z.core.$ZodType }
  | { readonly type: "object"; readonly shape: Readonly<Record<string, z.core.$ZodType>> }
  | { readonly type: "other" };
