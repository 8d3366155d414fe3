import { randomBytes } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { BrowserWindow, nativeTheme } from "electron";
import { Refusal, type RefusalData } from "../../../shared/base/errors.ts";
import type { CaseInfo } from "../../../shared/contract/case.ts";
import type { Hooks, Input, Progress, Reply, RequestName } from "../../../shared/contract/contract.ts";
import type { AppState, DesktopEvents } from "../../../shared/contract/desktop.ts";
import { CHANNEL } from "../../../shared/contract/wire.ts";
import type { CaseThreadStart } from "../../engine/threads/messages.ts";
import { LONG_REQUESTS, RemoteEngine } from "../../engine/threads/remote-engine.ts";
import { VERSION } from "../../platform/version.ts";
import type { Memory } from "../memory/memory.ts";
import { MIN_WINDOW_SIZE, type WindowBounds } from "../memory/window-bounds.ts";
import { ChosenFiles } from "./chosen-files.ts";
import { confirm } from "./dialogs.ts";
import { ORIGIN } from "./origin.ts";

const PRELOAD = fileURLToPath(new URL("../../../preload/preload.cjs", import.meta.url));

/** Milliseconds between two pushes of a running job's progress. */
const PUSH_EVERY_MS = 250;

interface Job {
  readonly what: string;
  readonly controller: AbortController;
  progress?: Progress;
}

/** A window, and the case that is open in it. */
export class CaseWindow {
  readonly window: BrowserWindow;
  /**
   * Names the window in the addresses of its page, as no other page can: all are of one origin, and would else read each
   * other's case. See origin.ts.
   */
  readonly key = randomBytes(16).toString("base64url");
  readonly chosen = new ChosenFiles();
  readonly #memory: Memory;
  readonly #controllers = new Map<string, AbortController>();
  readonly #jobs = new Set<Job>();
  #engine: RemoteEngine | undefined;
  #info: CaseInfo | undefined;
  /** What is open is a bundle: no case that could be opened again from the list of recent ones. */
  #isBundle = false;
  #crashed: Refusal | undefined;
  #refused: RefusalData | undefined;
  #pushed = 0;
  /** Commands that the page answers now. */
  enabled: ReadonlySet<string> | undefined;

  constructor(saved: WindowBounds, memory: Memory) {
    this.#memory = memory;
    const { maximized, ...bounds } = saved;
    this.window = new BrowserWindow({
      ...bounds,
      minWidth: MIN_WINDOW_SIZE.width,
      minHeight: MIN_WINDOW_SIZE.height,
      show: false,
      title: "Exhibit",
      backgroundColor: nativeTheme.shouldUseDarkColors ? "#1C2127" : "#F6F7F9",
      webPreferences: {
        preload: PRELOAD,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        navigateOnDragDrop: false,
      },
    });
    if (maximized) this.window.maximize();
    this.window.once("ready-to-show", () => this.window.show());
    this.window.webContents.on("render-process-gone", () => void this.#pageGone());
    this.load();
  }

  get id(): number {
    return this.window.webContents.id;
  }

  /** Where its page lies: every address that it may ask begins so. */
  get address(): string {
    return `${ORIGIN}/${this.key}/`;
  }

  get folder(): string | undefined {
    return this.#info?.case;
  }

  get isWorking(): boolean {
    return this.#jobs.size > 0;
  }

  load(): void {
    this.window.loadURL(this.address).catch((error: unknown) => console.error(error));
  }

  send<Name extends keyof DesktopEvents>(name: Name, detail: DesktopEvents[Name]): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(CHANNEL.event, { name, detail });
  }

  get state(): AppState {
    const [job] = this.#jobs;
    const because = this.#engine?.opened.readOnlyBecause ?? "";
    return {
      version: VERSION,
      ...(this.#info ? { case: this.#info } : {}),
      ...(because === "" ? {} : { readOnlyBecause: because }),
      ...(job
        ? { job: { what: job.what, cancellable: true, ...(job.progress ? { progress: job.progress } : {}) } }
        : {}),
      ...(this.#crashed ? { crashed: this.#crashed.data() } : {}),
      ...(this.#refused ? { refused: this.#refused } : {}),
      settings: this.#memory.settings.value,
      dark: nativeTheme.shouldUseDarkColors,
    };
  }

  push(): void {
    this.#pushed = performance.now();
    this.send("state", this.state);
    const done = [...this.#jobs][0]?.progress;
    if (!this.window.isDestroyed())
      this.window.setProgressBar(done?.total ? Math.min(1, done.done / done.total) : this.isWorking ? 2 : -1);
  }

  /** Shows why something failed that no request of the page asked for. */
  refuse(refusal: RefusalData): void {
    this.#refused = refusal;
    this.push();
  }

  /** Opens or creates a case here; one that was open is closed first. @throws Refusal; then the old one is still open */
  async open(start: CaseThreadStart): Promise<CaseInfo> {
    const before = this.folder;
    // The same case again, after its engine died. Its lock was released then.
    if (before === path.resolve(start.folder)) await this.#leave();
    const engine: RemoteEngine = await RemoteEngine.open(start, (refusal) => this.#engineGone(engine, refusal));
    if (before !== undefined && before !== engine.opened.info.case) this.chosen.forget();
    await this.#leave();
    this.#engine = engine;
    this.#info = engine.opened.info;
    this.#isBundle = start.mode === "bundle";
    if (!this.#isBundle) this.#memory.recent.note(this.#info);
    this.push();
    return this.#info;
  }

  /** Closes the case; long work is paused first. */
  async close(): Promise<void> {
    this.chosen.forget();
    await this.#leave();
    this.push();
  }

  async #leave(): Promise<void> {
    const engine = this.#engine;
    if (engine && this.#info && !this.#isBundle) this.#memory.recent.note(this.#info);
    this.#engine = undefined;
    this.#info = undefined;
    this.#crashed = undefined;
    this.#refused = undefined;
    await engine?.close();
  }

  /** Asks whether long work may be paused; true as well when there is none. */
  async mayClose(): Promise<boolean> {
    const [job] = this.#jobs;
    if (!job) return true;
    return confirm(this.window, {
      message: `${job.what} is not finished`,
      detail: "What is in stays in. An import goes on where it was when the case is opened again.",
      yes: "Pause and close",
      no: "Stay",
    });
  }

  /** @throws Refusal */
  async ask<Name extends RequestName>(name: Name, input: Input<Name>, hooks: Hooks = {}): Promise<Reply<Name>> {
    const engine = this.#open();
    if (!LONG_REQUESTS.has(name)) return engine.ask(name, input, hooks);
    return this.work(titleOf(name, input), hooks, (own) => engine.ask(name, input, own));
  }

  /** @throws Refusal */
  askBytes(name: RequestName, input: unknown, hooks: Hooks): Promise<Uint8Array<ArrayBuffer>> {
    return this.#open().askBytes(name, input as Input<RequestName>, hooks);
  }

  #open(): RemoteEngine {
    if (this.#crashed) throw this.#crashed;
    if (!this.#engine) throw new Refusal("case-missing", "No case is open in this window", "open one");
    return this.#engine;
  }

  /** Runs long work and shows it in the state until it ends. Afterwards the info of the case is read again. */
  async work<T>(what: string, hooks: Hooks, run: (hooks: Hooks) => Promise<T>): Promise<T> {
    const job: Job = { what, controller: new AbortController() };
    this.#jobs.add(job);
    this.push();
    const progress = (now: Progress) => {
      job.progress = now;
      hooks.progress?.(now);
      if (performance.now() - this.#pushed > PUSH_EVERY_MS) this.push();
    };
    try {
      const signal = hooks.signal ? AbortSignal.any([hooks.signal, job.controller.signal]) : job.controller.signal;
      return await run({ progress, signal });
    } finally {
      this.#jobs.delete(job);
      await this.#refresh();
      this.push();
    }
  }

  async #refresh(): Promise<void> {
    const engine = this.#engine;
    const info = await engine?.ask("info", {}).catch(() => undefined);
    if (info && engine === this.#engine) this.#info = info;
  }

  /** Runs one of the page's requests, so that the page can cancel it and hears its progress. */
  async run<T>(id: string, work: (hooks: Hooks) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    try {
      return await work({ signal: controller.signal, progress: (progress) => this.send("progress", { id, progress }) });
    } finally {
      this.#controllers.delete(id);
    }
  }

  cancel(id: string): void {
    this.#controllers.get(id)?.abort();
  }

  async #pageGone(): Promise<void> {
    if (this.window.isDestroyed()) return;
    for (const controller of this.#controllers.values()) controller.abort();
    const reopen = await confirm(this.window, {
      message: "The window's page has stopped",
      detail: "The case is still open and nothing in it was lost.",
      yes: "Reopen",
      no: "Close",
    });
    if (reopen) this.load();
    else this.window.close();
  }

  /** The page offers to open the case again: see `crashed` in the state. */
  #engineGone(engine: RemoteEngine, refusal: Refusal): void {
    if (engine !== this.#engine) return;
    this.#crashed = refusal;
    this.push();
  }
}

function titleOf(name: RequestName, input: unknown): string {
  const { files, file, out } = input as { files?: readonly string[]; file?: string; out?: string };
  const named = files?.[0] ?? file ?? out;
  const verb = name === "import" ? "Import" : name === "bundle" ? "Bundle" : "Export";
  const more = files && files.length > 1 ? ` and ${files.length - 1} more` : "";
  return `${verb} ${named === undefined ? "" : path.basename(named)}${more}`;
}
