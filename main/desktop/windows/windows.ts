import path from "node:path";
import { app, type BrowserWindow, screen } from "electron";
import type { CaseInfo } from "../../../shared/contract/case.ts";
import type { CommandId } from "../../../shared/contract/commands.ts";
import type { Memory } from "../memory/memory.ts";
import { boundsOn } from "../memory/window-bounds.ts";
import { CaseWindow } from "./case-window.ts";
import { enableItems, setMenu } from "./menu.ts";
import { refusalData } from "./refusal.ts";

/** Offset of a further window to the right of and below the one before. */
const CASCADE_PX = 32;

/** All windows of this process: one a case, and none but the app's own. */
export class Windows {
  readonly memory: Memory;
  readonly #all = new Map<number, CaseWindow>();
  #focused: CaseWindow | undefined;
  #isQuitting = false;

  constructor(memory: Memory) {
    this.memory = memory;
    app.on("before-quit", () => {
      this.#isQuitting = true;
    });
    app.on("window-all-closed", () => app.quit());
  }

  of(id: number): CaseWindow | undefined {
    return this.#all.get(id);
  }

  byKey(key: string): CaseWindow | undefined {
    return [...this.#all.values()].find((each) => each.key === key);
  }

  add(): CaseWindow {
    const bounds = boundsOn(
      screen.getAllDisplays().map(({ workArea }) => workArea),
      this.memory.bounds.value,
    );
    const offset = this.#all.size * CASCADE_PX;
    const own = new CaseWindow({ ...bounds, x: bounds.x + offset, y: bounds.y + offset }, this.memory);
    const { window } = own;
    const { id } = own;
    this.#all.set(id, own);
    this.#focused = own;
    window.on("focus", () => {
      this.#focused = own;
      enableItems(own.enabled ?? new Set());
    });
    window.on("close", (event) => {
      event.preventDefault();
      void this.#close(own);
    });
    window.on("closed", () => {
      this.#all.delete(id);
      if (this.#focused === own) [this.#focused] = [...this.#all.values()].reverse();
    });
    this.changed();
    return own;
  }

  readonly #closing = new Set<CaseWindow>();

  /** The case is closed before its window is destroyed. If the user chooses to stay, the window stays and the app does not quit. */
  async #close(own: CaseWindow): Promise<void> {
    if (this.#closing.has(own)) return;
    this.#closing.add(own);
    const isQuitting = this.#isQuitting;
    if (await own.mayClose()) {
      this.memory.bounds.set({ ...own.window.getNormalBounds(), maximized: own.window.isMaximized() });
      await own.close().catch((error: unknown) => console.error(error));
      own.window.destroy();
      if (isQuitting) app.quit();
    } else this.#isQuitting = false;
    this.#closing.delete(own);
  }

  /** Opens a case in a window, unless another one has it: then that comes to the front. @throws Refusal */
  async open(folder: string, own: CaseWindow): Promise<CaseInfo | undefined> {
    const full = path.resolve(folder);
    const other = [...this.#all.values()].find((each) => each !== own && each.folder === full);
    if (other) {
      show(other.window);
      return undefined;
    }
    if (!(await own.mayClose())) return undefined;
    const info = await own.open({ mode: "open", folder: full });
    this.changed();
    return info;
  }

  /** Opens a bundle as a read-only case. @throws Refusal */
  async openBundle(target: string, own: CaseWindow): Promise<CaseInfo | undefined> {
    if (!(await own.mayClose())) return undefined;
    const info = await own.open({ mode: "bundle", folder: target });
    this.changed();
    return info;
  }

  /** Somebody started the app again, perhaps with a case's folder. */
  async again(folder: string | undefined): Promise<void> {
    if (folder === undefined) {
      if (this.#focused) show(this.#focused.window);
      return;
    }
    const empty = [...this.#all.values()].find((each) => each.folder === undefined);
    const holder = [...this.#all.values()].find((each) => each.folder === path.resolve(folder));
    const own = holder ?? empty ?? this.add();
    show(own.window);
    if (!holder) await this.open(folder, own).catch((error: unknown) => console.error(refusalData(error).what));
  }

  /** Recent cases changed: the menu shows them. */
  changed(): void {
    setMenu({
      recent: this.memory.recent.list(),
      enabled: this.#focused?.enabled,
      command: (id, window) => this.#command(id, this.#by(window)),
      openRecent: (folder, window) => {
        const own = this.#by(window);
        if (own) this.open(folder, own).catch((error: unknown) => own.refuse(refusalData(error)));
      },
    });
  }

  #by(window: BrowserWindow | undefined): CaseWindow | undefined {
    return [...this.#all.values()].find((each) => each.window === window) ?? this.#focused;
  }

  #command(command: CommandId, own: CaseWindow | undefined): void {
    if (command === "window.new") this.add();
    else own?.send("menu", { command });
  }

  enable(own: CaseWindow): void {
    if (own === this.#focused) enableItems(own.enabled ?? new Set());
  }

  pushAll(): void {
    for (const each of this.#all.values()) each.push();
  }
}

function show(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
