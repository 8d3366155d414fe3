import { Refusal } from "../../../shared/base/errors.ts";
import type { Hooks, Input, Reply, RequestName } from "../../../shared/contract/contract.ts";
import type { ErrandInput, ErrandName, ErrandReply } from "./caseless-thread.ts";
import type { Beginning, Opened } from "./messages.ts";
import { Thread } from "./worker-client.ts";

/** Requests that take as long as they take: each gets a thread and a connection of its own, and all others go on. */
export const LONG: ReadonlySet<string> = new Set([
  "import",
  "remap",
  "bundle",
  "export",
  "peopleList",
] satisfies RequestName[]);

/** Of those, the ones that give rows their numbers: one after the other. */
const ROWS: ReadonlySet<string> = new Set(["import", "remap"] satisfies RequestName[]);

/** The engine of an open case, from a thread that must never wait for it. */
export class RemoteEngine {
  readonly opened: Opened;
  readonly #folder: string;
  readonly #thread: Thread;
  readonly #long = new Set<{ stop: AbortController; done: Promise<unknown> }>();
  #rows: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  private constructor(thread: Thread, folder: string) {
    this.#thread = thread;
    this.#folder = folder;
    this.opened = thread.about as Opened;
  }

  /** @param crashed called if the engine's thread ends by itself @throws Refusal */
  static async open(beginning: Beginning, crashed: (refusal: Refusal) => void): Promise<RemoteEngine> {
    const thread = await Thread.start("case", beginning, crashed);
    return new RemoteEngine(thread, (thread.about as Opened).info.case);
  }

  /** @throws Refusal */
  ask<Name extends RequestName>(name: Name, input: Input<Name>, hooks: Hooks = {}): Promise<Reply<Name>> {
    const ask = (thread: Thread, own: Hooks) => thread.ask(name, input, own) as Promise<Reply<Name>>;
    if (!LONG.has(name) || this.opened.readOnlyBecause !== "") return ask(this.#thread, hooks);
    if (!ROWS.has(name)) return this.#beside(ask, hooks);
    const turn = this.#rows.then(() => this.#beside(ask, hooks));
    this.#rows = turn.catch(() => undefined);
    return turn;
  }

  /** The reply as JSON text, for handing on. @throws Refusal */
  askBytes<Name extends RequestName>(
    name: Name,
    input: Input<Name>,
    hooks: Hooks = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    return this.#thread.askBytes(name, input, hooks);
  }

  async #beside<T>(ask: (thread: Thread, hooks: Hooks) => Promise<T>, hooks: Hooks): Promise<T> {
    if (this.#closed) throw new Refusal("cancelled", "The case is being closed", "open it again");
    const stop = new AbortController();
    const signal = hooks.signal ? AbortSignal.any([hooks.signal, stop.signal]) : stop.signal;
    const run = async () => {
      const thread = await Thread.start("case", { mode: "beside", folder: this.#folder } satisfies Beginning);
      try {
        return await ask(thread, { ...hooks, signal });
      } finally {
        await thread.close();
      }
    };
    const done = run();
    const entry = { stop, done };
    this.#long.add(entry);
    try {
      return await done;
    } finally {
      this.#long.delete(entry);
    }
  }

  /** Stops long work where it can be taken up again, then closes the case. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      const long = [...this.#long];
      for (const { stop } of long) stop.abort();
      await Promise.allSettled(long.map(({ done }) => done));
      await this.#thread.close();
    })();
    return this.#closed;
  }
}

/** Work that needs no open case, in a thread that ends with it. @throws Refusal */
export async function errand<Name extends ErrandName>(
  name: Name,
  input: ErrandInput<Name>,
  hooks: Hooks = {},
): Promise<ErrandReply<Name>> {
  const thread = await Thread.start("caseless", undefined);
  try {
    return (await thread.ask(name, input, hooks)) as ErrandReply<Name>;
  } finally {
    void thread.close();
  }
}
