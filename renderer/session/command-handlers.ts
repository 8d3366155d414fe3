import type { CommandId } from "../../shared/contract/commands.ts";

/** One handler of a command. The one registered last, the innermost, is asked first. */
export interface Handler {
  run(): void;
  readonly isEnabled: boolean;
  /** Why it cannot run now, as menu and palette say it. */
  readonly why?: string;
  /** Its keys act only while the focus is inside this element. Menu and palette do not mind. */
  within?(): Element | null;
}

/** Who answers which command at this moment. Keys, menu, palette and buttons all come through here. */
export class Commands {
  readonly #handlers = new Map<CommandId, Handler[]>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  register(id: CommandId, handler: Handler): () => void {
    this.#handlers.set(id, [...(this.#handlers.get(id) ?? []), handler]);
    this.#changed();
    return () => {
      this.#handlers.set(
        id,
        (this.#handlers.get(id) ?? []).filter((each) => each !== handler),
      );
      this.#changed();
    };
  }

  /** The handler for a command from menu or palette. */
  find(id: CommandId): Handler | undefined {
    return this.#handlers.get(id)?.at(-1);
  }

  /** The command among these that keys pressed at `focus` mean: one for just this part of the screen before one for all of it. */
  findAt(
    ids: readonly CommandId[],
    focus: Element | null,
  ): { readonly id: CommandId; readonly handler: Handler } | undefined {
    const found = ids.flatMap((id) => (this.#handlers.get(id) ?? []).map((handler) => ({ id, handler }))).reverse();
    const inside = found.find(({ handler }) => handler.within && focus !== null && handler.within()?.contains(focus));
    return inside ?? found.find(({ handler }) => !handler.within);
  }

  /** @returns whether it ran; where it did not, `find` says why */
  run(id: CommandId): boolean {
    const handler = this.find(id);
    if (!handler?.isEnabled) return false;
    handler.run();
    return true;
  }

  get version(): number {
    return this.#version;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}
