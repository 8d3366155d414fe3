import { Refusal } from "../../../shared/base/errors.ts";
import type { Hooks, Input, Reply, RequestName } from "../../../shared/contract/contract.ts";
import type { CaselessInput, CaselessName, CaselessReply } from "./caseless-thread.ts";
import type { CaseThreadStart, Opened } from "./messages.ts";
import { WorkerClient } from "./worker-client.ts";

/** Long requests. Each gets a thread and a connection of its own, so that all others are still answered. */
export const LONG_REQUESTS: ReadonlySet<string> = new Set([
  "import",
  "remap",
  "bundle",
  "export",
  "peopleList",
  "changesReadAgain",
] satisfies RequestName[]);

/** Long requests that give rows their ids. They run one after the other. */
const WRITES_ROWS: ReadonlySet<string> = new Set(["import", "remap"] satisfies RequestName[]);

/** The engine of an open case, from a thread that must never wait for it. */
export class RemoteEngine {
  readonly opened: Opened;
  readonly #folder: string;
  readonly #thread: WorkerClient;
  readonly #long = new Set<{ stop: AbortController; done: Promise<unknown> }>();
  #rows: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  private constructor(thread: WorkerClient, folder: string) {
    this.#thread = thread;
    this.#folder = folder;
    this.opened = thread.about as Opened;
  }

  /** @param crashed called if the engine's thread ends by itself @throws Refusal */
  static async open(start: CaseThreadStart, crashed: (refusal: Refusal) => void): Promise<RemoteEngine> {
    const thread = await WorkerClient.start("case", start, crashed);
    return new RemoteEngine(thread, (thread.about as Opened).info.case);
  }

  /** @throws Refusal */
  ask<Name extends RequestName>(name: Name, input: Input<Name>, hooks: Hooks = {}): Promise<Reply<Name>> {
    const ask = (thread: WorkerClient, own: Hooks) => thread.ask(name, input, own) as Promise<Reply<Name>>;
    if (!LONG_REQUESTS.has(name) || this.opened.readOnlyBecause !== "") return ask(this.#thread, hooks);
    if (!WRITES_ROWS.has(name)) return this.#inSecondThread(ask, hooks, name === "bundle");
    const turn = this.#rows.then(async () => {
      // The other thread knows nothing of what has been found so far. That it cannot be kept stops no import.
      await this.#thread.ask("keepState", {}).catch(() => undefined);
      return this.#inSecondThread(ask, hooks);
    });
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

  async #inSecondThread<T>(
    ask: (thread: WorkerClient, hooks: Hooks) => Promise<T>,
    hooks: Hooks,
    isLean = false,
  ): Promise<T> {
    if (this.#closed) throw new Refusal("cancelled", "The case is being closed", "open it again");
    const stop = new AbortController();
    const signal = hooks.signal ? AbortSignal.any([hooks.signal, stop.signal]) : stop.signal;
    const run = async () => {
      const start: CaseThreadStart = { mode: "second", folder: this.#folder };
      const thread = await WorkerClient.start("case", start, undefined, isLean);
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

  /** Stops long work where it can be resumed, then closes the case. */
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
export async function askCaseless<Name extends CaselessName>(
  name: Name,
  input: CaselessInput<Name>,
  hooks: Hooks = {},
): Promise<CaselessReply<Name>> {
  const thread = await WorkerClient.start("caseless", undefined);
  try {
    return (await thread.ask(name, input, hooks)) as CaselessReply<Name>;
  } finally {
    void thread.close();
  }
}
