import { EventEmitter } from "node:events";
import type { Session } from "./cdp.ts";
import { codec } from "./codec.ts";
import { vetoable } from "./event.ts";
import { chromium, host } from "./host.ts";
import { answerInvoke, type IpcEvent, ipcMain } from "./ipc.ts";
import { journal, mark } from "./journal.ts";
import { pressAccelerator } from "./menu.ts";
import { nativeTheme } from "./native-theme.ts";
import type { ToHost, ToPage } from "./page/messages.ts";
import { PRELOAD_WORLD, pageScripts } from "./preload.ts";
import { toApp, toReal } from "./protocol.ts";
import { watchRequests } from "./requests.ts";
import { defaultSession } from "./session.ts";
import type { BrowserWindow } from "./window.ts";

export interface WebPreferences {
  preload?: string;
  additionalArguments?: string[];
}

type OpenHandler = (details: { url: string; frameName: string; disposition: string }) => { action: "allow" | "deny" };

interface Evaluated {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

const open = new Set<WebContents>();
let lastId = 0;

/** The page of one window. Emits what Electron's does, as far as it is listed in README.md. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session = defaultSession;
  readonly window: BrowserWindow;
  #targetId = "";
  #cdp: Session | undefined;
  #preloadContext: number | undefined;
  #url = "";
  /** The URL that the app itself asked for: no `will-navigate` for it. */
  #expected = "";
  #crashed = false;
  #openHandler: OpenHandler = () => ({ action: "allow" });

  constructor(window: BrowserWindow) {
    super();
    this.window = window;
  }

  get targetId(): string {
    return this.#targetId;
  }
  get mainFrame(): { url: string } {
    return { url: this.getURL() };
  }

  /** Takes over a blank page and gives it its preload script. */
  async attach(targetId: string, preferences: WebPreferences): Promise<void> {
    const cdp = chromium();
    const attached = await cdp.send<{ sessionId: string }>("Target.attachToTarget", { targetId, flatten: true });
    const page = cdp.session(attached.sessionId);
    this.#targetId = targetId;
    this.#cdp = page;
    open.add(this);
    this.#listen(page);
    const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
    page.on("Target.attachedToTarget", async ({ sessionId }: { sessionId: string }) => {
      const child = cdp.session(sessionId); // a frame of another origin, or a worker
      await watchRequests(child, this);
      await child.send("Target.setAutoAttach", autoAttach).catch(() => {});
      await child.send("Runtime.runIfWaitingForDebugger").catch(() => {});
    });
    await Promise.all([
      page.send("Page.enable"),
      page.send("Page.setLifecycleEventsEnabled", { enabled: true }),
      page.send("Inspector.enable"),
      page.send("DOM.enable"),
      page.send("Runtime.addBinding", { name: "standInPost", executionContextName: PRELOAD_WORLD }),
      page.send("Runtime.enable"),
      page.send("Target.setAutoAttach", autoAttach),
      watchRequests(page, this, (frameId, url) => this.#mayNavigate(frameId, url)),
      this.emulateTheme(),
      this.#install(page, preferences),
    ]);
  }

  async #install(page: Session, { preload, additionalArguments = [] }: WebPreferences): Promise<void> {
    const scripts = () => {
      try {
        return pageScripts(preload, additionalArguments);
      } catch (e) {
        this.#preloadFailed(preload ?? "", e as Error);
        return pageScripts(undefined, []);
      }
    };
    const { main, isolated } = scripts();
    await page.send("Page.addScriptToEvaluateOnNewDocument", { source: main });
    await page.send("Page.addScriptToEvaluateOnNewDocument", { source: isolated, worldName: PRELOAD_WORLD });
  }

  #listen(page: Session): void {
    type Context = { id: number; name: string; auxData: { frameId: string } };
    page.on("Runtime.executionContextCreated", ({ context: c }: { context: Context }) => {
      if (c.name === PRELOAD_WORLD && c.auxData.frameId === this.#targetId) this.#preloadContext = c.id;
    });
    page.on("Runtime.executionContextDestroyed", (e: { executionContextId: number }) => {
      if (e.executionContextId === this.#preloadContext) this.#preloadContext = undefined;
    });
    page.on("Runtime.bindingCalled", (e: { payload: string }) => void this.#received(e.payload));
    type Logged = { type: string; args: { value?: unknown; description?: string }[] };
    page.on("Runtime.consoleAPICalled", ({ type, args }: Logged) => {
      const message = args.map((a) => String(a.value ?? a.description)).join(" ");
      this.emit("console-message", vetoable({ level: type, message }));
    });
    page.on("Page.domContentEventFired", () => this.emit("dom-ready", vetoable({})));
    page.on("Page.frameResized", () => void this.window.resized().catch(() => {})); // it may be closing
    page.on("Page.loadEventFired", () => this.emit("did-finish-load", vetoable({})));
    page.on("Page.lifecycleEvent", ({ name }: { name: string }) => {
      if (!/^first(Contentful)?Paint$/.test(name) || this.#url === "about:blank") return;
      mark(name);
      this.window.painted();
    });
    page.on("Page.frameNavigated", ({ frame }: { frame: { parentId?: string; url: string } }) => {
      if (frame.parentId) return;
      this.#url = frame.url;
      this.emit("did-navigate", vetoable({}), this.getURL(), 200);
    });
    page.on("Page.windowOpen", ({ url, windowName }: { url: string; windowName: string }) => {
      const { action } = this.#openHandler({ url: toApp(url), frameName: windowName, disposition: "new-window" });
      journal.refused.push({ by: action === "deny" ? "app" : "host", what: "window.open", url: toApp(url) });
    });
    page.on("Inspector.targetCrashed", () => {
      this.#crashed = true;
      this.#preloadContext = undefined;
      this.emit("render-process-gone", vetoable({}), { reason: "crashed", exitCode: 139 });
    });
    page.on("Inspector.targetReloadedAfterCrash", () => {
      this.#crashed = false;
    });
  }

  #mayNavigate(frameId: string, url: string): boolean {
    const isMainFrame = frameId === this.#targetId;
    const own = url === this.#expected || url === this.getURL(); // loadURL, or a reload
    if (isMainFrame && own) return true;
    const event = vetoable({ url, isMainFrame });
    if (isMainFrame) this.emit("will-navigate", event, url);
    else this.emit("will-frame-navigate", event);
    if (event.defaultPrevented) journal.refused.push({ by: "app", what: "navigate", url });
    return !event.defaultPrevented;
  }

  async #received(payload: string): Promise<void> {
    const message = codec.decode(payload) as ToHost;
    switch (message.t) {
      case "close":
        return void this.window.close();
      case "key":
        return pressAccelerator(message.key, message.modifiers);
      case "files":
        return this.#locateFiles(message.id);
      case "preload-error":
        return this.#preloadFailed("", new Error(message.message));
    }
    const event: IpcEvent = {
      sender: this,
      senderFrame: this.mainFrame,
      frameId: 1,
      processId: 1,
      reply: (channel, ...args) => this.send(channel, ...args),
    };
    if (message.t === "send") return void ipcMain.emit(message.channel, event, ...message.args);
    const { id, channel, args } = message;
    try {
      this.#post({ t: "reply", id, value: await answerInvoke(channel, event, args) });
    } catch (e) {
      this.#post({ t: "failed", id, message: (e as Error).message });
    }
  }

  /** Tells the page where the files lie that it put into `standInFiles` under `id`. */
  async #locateFiles(id: number): Promise<void> {
    const page = this.#page();
    const contextId = this.#preloadContext;
    const evaluate = <R>(expression: string, options: object) =>
      page.send<{ result: R }>("Runtime.evaluate", { expression, contextId, ...options });
    try {
      const count = await evaluate<{ value: number }>(`standInFiles.get(${id}).length`, { returnByValue: true });
      const value: string[] = [];
      for (let i = 0; i < count.result.value; i++) {
        const { result } = await evaluate<{ objectId: string }>(`standInFiles.get(${id})[${i}]`, {});
        value.push((await page.send<{ path: string }>("DOM.getFileInfo", result)).path);
      }
      this.#post({ t: "reply", id, value });
    } catch (e) {
      this.#post({ t: "failed", id, message: (e as Error).message });
    }
  }

  #preloadFailed(file: string, error: Error): void {
    console.error("stand-in: preload:", error);
    this.emit("preload-error", vetoable({}), file, error);
  }

  /** What is sent while there is no document to hear it is lost, as in Electron. */
  #post(message: ToPage): void {
    if (this.#preloadContext === undefined) return;
    const call = {
      functionDeclaration: "function (text) { standInReceive(text) }",
      executionContextId: this.#preloadContext,
      arguments: [{ value: codec.encode(message) }],
    };
    this.#cdp?.send("Runtime.callFunctionOn", call).catch(() => {}); // the document went away meanwhile
  }

  #page(): Session {
    if (!this.#cdp) throw new Error("stand-in: the window is not open yet");
    return this.#cdp;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#post({ t: "event", channel, args });
  }

  /** Resolves when the page has loaded; rejects as Electron does, `ERR_NAME (-2) loading 'url'`. */
  async loadURL(url: string): Promise<void> {
    await this.window.opened;
    this.#expected = url;
    const loaded = new Promise((resolve) => this.once("did-finish-load", resolve));
    const answer = await this.#page().send<{ errorText?: string }>("Page.navigate", { url: toReal(url) });
    if (answer.errorText) {
      this.emit("did-fail-load", vetoable({}), -2, answer.errorText, url, true);
      throw new Error(`${answer.errorText.replace("net::", "")} (-2) loading '${url}'`);
    }
    await loaded;
  }

  async #evaluate(options: object): Promise<unknown> {
    const call = { awaitPromise: true, returnByValue: true, ...options };
    const { result, exceptionDetails } = await this.#page().send<Evaluated>("Runtime.evaluate", call);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
  executeJavaScript(expression: string, userGesture = false): Promise<unknown> {
    return this.#evaluate({ expression, userGesture });
  }
  /** As `executeJavaScript`, in the preload script's world. */
  evaluateIsolated(expression: string): Promise<unknown> {
    return this.#evaluate({ expression, contextId: this.#preloadContext });
  }

  async capturePage() {
    const { data } = await this.#page().send<{ data: string }>("Page.captureScreenshot", { format: "png" });
    const png = Buffer.from(data, "base64");
    return {
      toPNG: () => png,
      toDataURL: () => `data:image/png;base64,${data}`,
      isEmpty: () => png.length === 0,
      getSize: () => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }), // IHDR
    };
  }

  async printToPDF(options: { printBackground?: boolean } = {}): Promise<Buffer> {
    const { data } = await this.#page().send<{ data: string }>("Page.printToPDF", options);
    return Buffer.from(data, "base64");
  }

  /** Gives the page the size of its window's content; only a headless browser needs to be told. */
  async emulateSize(width: number, height: number): Promise<void> {
    if (host.visible) return;
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.#page().send("Emulation.setDeviceMetricsOverride", metrics);
  }

  /** Passes `nativeTheme` on as the page's `prefers-color-scheme`. */
  async emulateTheme(): Promise<void> {
    const { themeSource } = nativeTheme;
    const value = themeSource === "system" ? "" : themeSource;
    await this.#page().send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  reload(): void {
    void this.#page().send("Page.reload");
  }
  forcefullyCrashRenderer(): void {
    this.#page()
      .send("Page.crash")
      .catch(() => {}); // it never answers
  }
  close(): void {
    this.window.close();
  }
  getURL(): string {
    return toApp(this.#url);
  }
  getTitle(): string {
    return this.window.getTitle();
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  isDestroyed(): boolean {
    return this.window.isDestroyed();
  }
  focus(): void {
    this.window.focus();
  }
  // Chromium runs with this policy from the start; see browser.ts.
  setWebRTCIPHandlingPolicy(): void {}

  /** The window is gone. */
  destroyed(): void {
    open.delete(this);
    this.emit("destroyed");
  }
}

export const webContents = {
  getAllWebContents: (): WebContents[] => [...open],
  fromId: (id: number): WebContents | undefined => [...open].find((w) => w.id === id),
  /** How Playwright finds the window of a page. */
  fromDevToolsTargetId: (id: string): WebContents | undefined => [...open].find((w) => w.targetId === id),
};
