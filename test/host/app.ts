import { EventEmitter } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { vetoable } from "./event.ts";
import { host } from "./host.ts";
import { InstanceLock } from "./instance.ts";
import { BrowserWindow } from "./window.ts";

/** Milliseconds Chromium gets to write its profile before it is ended. */
const PATIENCE = 3000;

const home = os.homedir();
const appData =
  process.platform === "darwin"
    ? path.join(home, "Library", "Application Support")
    : process.platform === "win32"
      ? (process.env.APPDATA ?? path.join(home, "AppData", "Roaming"))
      : (process.env.XDG_CONFIG_HOME ?? path.join(home, ".config"));

class App extends EventEmitter {
  name = "Electron";
  version = "0.0.0";
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #lock: InstanceLock | undefined;
  readonly extraSwitches: string[] = [];
  readonly commandLine = {
    appendSwitch: (name: string, value = ""): void => void this.extraSwitches.push(`--${name}${value && `=${value}`}`),
    hasSwitch: (name: string): boolean => host.switches.some((s) => s === `--${name}` || s.startsWith(`--${name}=`)),
    getSwitchValue: (name: string): string =>
      host.switches.find((s) => s.startsWith(`--${name}=`))?.slice(name.length + 3) ?? "",
  };

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return host.ready;
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    return this.version;
  }
  getAppPath(): string {
    return host.appPath;
  }
  getLocale(): string {
    return "en-US";
  }

  getPath(name: string): string {
    const set = this.#paths.get(name);
    if (set) return set;
    switch (name) {
      case "home":
        return home;
      case "appData":
        return appData;
      case "temp":
        return os.tmpdir();
      case "exe":
        return process.execPath;
      case "userData":
      case "sessionData": {
        const given = this.commandLine.getSwitchValue("user-data-dir") || process.env.EXHIBIT_USER_DATA;
        return given ? path.resolve(given) : path.join(appData, this.name);
      }
      case "logs":
      case "crashDumps":
        return path.join(this.getPath("userData"), name);
      case "desktop":
      case "documents":
      case "downloads":
      case "music":
      case "pictures":
      case "videos":
        return path.join(home, name[0]!.toUpperCase() + name.slice(1));
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }
  setPath(name: string, to: string): void {
    fs.mkdirSync(to, { recursive: true });
    this.#paths.set(name, to);
  }

  requestSingleInstanceLock(additionalData: unknown = null): boolean {
    this.#lock ??= new InstanceLock(this.getPath("userData"));
    const knock = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    return this.#lock.request(knock, ({ argv, workingDirectory, additionalData }) => {
      const tell = () => this.emit("second-instance", vetoable({}), argv, workingDirectory, additionalData);
      void this.whenReady().then(tell);
    });
  }
  releaseSingleInstanceLock(): void {
    this.#lock?.release();
  }

  /** Electron's order: before-quit, close of each window (each may veto), will-quit, quit. */
  quit(): void {
    if (host.quitting) return;
    const event = vetoable({});
    this.emit("before-quit", event);
    if (event.defaultPrevented) return;
    host.quitting = true;
    const windows = BrowserWindow.getAllWindows();
    if (!windows.map((w) => w.close()).every(Boolean)) {
      host.quitting = false;
      return;
    }
    void Promise.all(windows.map((w) => w.gone)).then(() => this.#end());
  }

  #end(): void {
    const event = vetoable({});
    this.emit("will-quit", event);
    if (event.defaultPrevented) {
      host.quitting = false;
      return;
    }
    const { cdp } = host;
    if (!cdp) {
      this.exit(0);
      return;
    }
    const late = setTimeout(() => this.exit(0), PATIENCE);
    cdp.once("gone", () => {
      clearTimeout(late);
      this.exit(0);
    });
    cdp.send("Browser.close").catch(() => {}); // ends before it answers
  }

  exit(code = 0): void {
    this.emit("quit", vetoable({}), code);
    this.#lock?.release();
    host.cdp?.process.kill("SIGKILL");
    process.exit(code);
  }

  /** Chromium is up: windows may be made. */
  becomeReady(): void {
    host.ready = true;
    this.emit("will-finish-launching");
    this.emit("ready", vetoable({}), {});
    this.#ready.resolve();
  }

  // What only an installed application or a desktop has.
  focus(): void {}
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
}

export const app = new App();
