import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";

interface Incoming {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
}

type Send = (method: string, params: object, sessionId: string | undefined) => Promise<unknown>;

/** One attached target. Emits each event of the DevTools protocol under its own name with its parameters. */
export class Session extends EventEmitter {
  readonly #send: Send;
  readonly #id: string | undefined;

  constructor(send: Send, id?: string) {
    super();
    this.setMaxListeners(0);
    this.#send = send;
    this.#id = id;
  }

  /** Calls a method of the DevTools protocol; rejects with the browser's message. */
  send<R = unknown>(method: string, params: object = {}): Promise<R> {
    return this.#send(method, params, this.#id) as Promise<R>;
  }
}

/** The browser itself, at the other end of `--remote-debugging-pipe`. Emits `gone` once when it ends. */
export class Connection extends Session {
  readonly process: ChildProcess;
  readonly #sessions: Map<string, Session>;
  readonly #call: Send;

  private constructor(child: ChildProcess, call: Send, sessions: Map<string, Session>) {
    super(call);
    this.process = child;
    this.#call = call;
    this.#sessions = sessions;
  }

  /** The session of an attached target. */
  session(id: string): Session {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new Session(this.#call, id);
    this.#sessions.set(id, session);
    return session;
  }

  /**
   * Starts `executable`. It ends by itself when this process dies, however that happens: the pipe closes.
   * `says`: what becomes of its stderr, where it says its debugging port, and on a desktop much about the desktop.
   */
  static start(
    executable: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    says: "inherit" | "ignore",
  ): Connection {
    const child = spawn(executable, ["--remote-debugging-pipe", ...args], {
      env,
      stdio: ["ignore", says, says, "pipe", "pipe"],
    });
    const writer = child.stdio[3] as Writable;
    const reader = child.stdio[4] as Readable;
    writer.on("error", () => {}); // a write after the browser's end; the exit handler rejects what waits

    const waiting = new Map<number, { method: string; resolve(v: unknown): void; reject(e: Error): void }>();
    const sessions = new Map<string, Session>();
    let calls = 0;
    const call: Send = (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        waiting.set(id, { method, resolve, reject });
        writer.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
      });
    const connection = new Connection(child, call, sessions);

    let ended = false;
    const end = (cause: string) => {
      if (ended) return;
      ended = true;
      for (const w of waiting.values()) w.reject(new Error(`${w.method}: ${cause}`));
      waiting.clear();
      connection.emit("gone");
    };
    child.on("error", (e) => end(e.message));
    child.on("exit", () => end("the browser has ended"));

    const receive = (message: Incoming) => {
      if (message.id === undefined) {
        const to = message.sessionId ? connection.session(message.sessionId) : connection;
        to.emit(message.method as string, message.params, message.sessionId);
        return;
      }
      const w = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) w?.reject(new Error(`${w.method}: ${message.error.message}`));
      else w?.resolve(message.result);
    };
    let parts: Buffer[] = [];
    reader.on("data", (chunk: Buffer) => {
      let from = 0;
      for (let nul = chunk.indexOf(0); nul >= 0; nul = chunk.indexOf(0, from)) {
        parts.push(chunk.subarray(from, nul));
        from = nul + 1;
        const text = Buffer.concat(parts).toString();
        parts = [];
        receive(JSON.parse(text) as Incoming);
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
    });
    return connection;
  }
}
