import { EventEmitter } from "node:events";
import { app } from "./app.ts";
import { type Vetoable, vetoable } from "./event.ts";
import { chromium, host } from "./host.ts";
import { mark } from "./journal.ts";
import { WebContents, type WebPreferences, webContents } from "./web-contents.ts";

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

type WindowState = "normal" | "maximized" | "minimized" | "fullscreen";

interface WindowOptions extends Partial<Rectangle> {
  title?: string;
  show?: boolean;
  webPreferences?: WebPreferences;
}

const windows = new Set<BrowserWindow>();
let focused: BrowserWindow | undefined;

/** A window: on a display one of the browser's own, headless a page of the window's size. */
export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  /** Settles when the page behind the window can be used. */
  readonly opened: Promise<void>;
  /** Settles when the window is gone. */
  readonly gone: Promise<void>;
  #bounds: Rectangle;
  #state: WindowState = "normal";
  #title: string;
  #shown: boolean;
  #painted = false;
  #closing = false;
  #destroyed = false;
  #settleGone: () => void = () => {};

  constructor(options: WindowOptions = {}) {
    super();
    if (!host.ready) throw new Error("Cannot create BrowserWindow before app is ready");
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? app.name;
    this.#shown = options.show !== false;
    this.webContents = new WebContents(this);
    this.id = this.webContents.id;
    windows.add(this);
    focused = this;
    this.gone = new Promise((resolve) => {
      this.#settleGone = resolve;
    });
    this.opened = this.#open(options.webPreferences ?? {});
    this.opened.catch((e) => !this.#closing && console.error("stand-in: window:", e));
    app.emit("browser-window-created", vetoable({}), this);
    app.emit("web-contents-created", vetoable({}), this.webContents);
    this.webContents.on("render-process-gone", (event: Vetoable, details: object) =>
      app.emit("render-process-gone", event, this.webContents, details),
    );
  }

  async #open(preferences: WebPreferences): Promise<void> {
    await this.webContents.attach(await this.#newPage(), preferences);
    await this.#place();
    mark("window");
  }

  async #newPage(): Promise<string> {
    const { startPage } = host;
    host.startPage = undefined;
    if (startPage) return startPage;
    const options = { url: "about:blank", newWindow: true, ...this.#bounds };
    return (await chromium().send<{ targetId: string }>("Target.createTarget", options)).targetId;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  /** Asks the app, which may veto; says whether the window closes. */
  close(): boolean {
    if (this.#destroyed || this.#closing) return true;
    const event = vetoable({});
    this.emit("close", event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }

  destroy(): void {
    if (this.#closing) return;
    this.#closing = true;
    const close = () => chromium().send("Target.closeTarget", { targetId: this.webContents.targetId });
    this.opened.then(close).catch(() => this.targetGone());
  }

  /** The page behind the window has ended, by us or by the person at the screen. */
  targetGone(): void {
    if (this.#destroyed) return;
    if (!this.#closing) this.emit("close", vetoable({}));
    this.#destroyed = true;
    windows.delete(this);
    if (focused === this) focused = [...windows].at(-1);
    this.webContents.destroyed();
    this.emit("closed");
    this.#settleGone();
    if (windows.size > 0 || host.quitting) return;
    if (!app.emit("window-all-closed")) app.quit();
  }

  /** The page has put its first pixels on the screen. */
  painted(): void {
    if (this.#painted) return;
    this.#painted = true;
    this.emit("ready-to-show", vetoable({}));
  }

  getBounds(): Rectangle {
    return this.#state === "normal" ? { ...this.#bounds } : { x: 0, y: 0, width: 1280, height: 800 };
  }
  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.#resize("normal");
  }
  getSize(): [number, number] {
    const { width, height } = this.getBounds();
    return [width, height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  #resize(state: WindowState): void {
    this.#state = state;
    this.opened.then(() => this.#place()).catch((e) => !this.#closing && console.error("stand-in: bounds:", e));
    this.emit("resize", vetoable({}));
  }

  async #place(): Promise<void> {
    const { width, height } = this.getBounds();
    await this.webContents.emulateSize(width, height);
    if (!host.visible) return;
    const { windowId } = await this.#onDisplay();
    const bounds = this.#state === "normal" ? { ...this.#bounds } : { windowState: this.#state };
    await chromium().send("Browser.setWindowBounds", { windowId, bounds });
  }

  #onDisplay(): Promise<{ windowId: number; bounds: Rectangle & { windowState: WindowState } }> {
    const { targetId } = this.webContents;
    return chromium().send("Browser.getWindowForTarget", { targetId });
  }

  /** Somebody at the screen changed the window's size. */
  async resized(): Promise<void> {
    if (!host.visible) return;
    await this.opened;
    const { windowState, ...bounds } = (await this.#onDisplay()).bounds;
    this.#state = windowState;
    if (windowState === "normal") this.#bounds = bounds;
    this.emit("resize", vetoable({}));
  }

  maximize(): void {
    this.#resize("maximized");
    this.emit("maximize", vetoable({}));
  }
  unmaximize(): void {
    this.#resize("normal");
    this.emit("unmaximize", vetoable({}));
  }
  minimize(): void {
    this.#resize("minimized");
    this.emit("minimize", vetoable({}));
  }
  restore(): void {
    this.#resize("normal");
    this.emit("restore", vetoable({}));
  }
  setFullScreen(on: boolean): void {
    this.#resize(on ? "fullscreen" : "normal");
    this.emit(on ? "enter-full-screen" : "leave-full-screen", vetoable({}));
  }
  isMaximized(): boolean {
    return this.#state === "maximized";
  }
  isMinimized(): boolean {
    return this.#state === "minimized";
  }
  isFullScreen(): boolean {
    return this.#state === "fullscreen";
  }

  show(): void {
    this.#shown = true;
    this.focus();
    this.emit("show", vetoable({}));
  }
  hide(): void {
    this.#shown = false;
    this.emit("hide", vetoable({}));
  }
  isVisible(): boolean {
    return this.#shown;
  }
  focus(): void {
    focused = this;
    if (host.visible)
      chromium()
        .send("Target.activateTarget", { targetId: this.webContents.targetId })
        .catch(() => {});
    this.emit("focus", vetoable({}));
  }
  isFocused(): boolean {
    return focused === this;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  capturePage() {
    return this.webContents.capturePage();
  }

  // Furniture of a native window, which there is none of here.
  setMenuBarVisibility(): void {}
  setProgressBar(): void {}
  setRepresentedFilename(): void {}
  setDocumentEdited(): void {}
  setMinimumSize(): void {}
  setBackgroundColor(): void {}

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return contents.window;
  }
  static fromId(id: number): BrowserWindow | null {
    return webContents.fromId(id)?.window ?? null;
  }
}
