import type { Codec } from "../codec.ts";
import type { HeldFiles, ToHost, ToIsolated, ToMain, ToPage } from "./messages.ts";

export interface PreloadSettings {
  channel: string;
  platform: string;
  argv: string[];
  versions: Record<string, string | undefined>;
}

type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;

/**
 * What a sandboxed preload finds: `require("electron")` with contextBridge, ipcRenderer and webUtils. Runs as text in an
 * isolated world of each main-frame document, before its scripts, so it must not refer to anything outside itself.
 */
export function preloadHost(settings: PreloadSettings, codec: Codec, preload: Preload): void {
  if (self !== top || location.href === "about:blank") return;
  type Fn = (...args: unknown[]) => unknown;
  const world = globalThis as unknown as {
    standInPost?: (text: string) => void;
    standInReceive: (text: string) => void;
    standInFiles: HeldFiles;
    standInPathOf: (file: File) => string;
  };
  const binding = world.standInPost as (text: string) => void;
  delete world.standInPost;
  const post = (message: ToHost) => binding(codec.encode(message));
  const messageOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));

  // ipcRenderer
  const calls = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>();
  const listeners = new Map<string, { listener: Fn; original: Fn }[]>();
  let lastCall = 0;
  const listen = (channel: string, listener: Fn, original: Fn) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, original }]);
    return ipcRenderer;
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++lastCall;
        post({ t: "invoke", id, channel, args });
        calls.set(id, { resolve, reject });
      }),
    send: (channel: string, ...args: unknown[]) => post({ t: "send", channel, args }),
    on: (channel: string, listener: Fn) => listen(channel, listener, listener),
    once(channel: string, listener: Fn) {
      const once = (...args: unknown[]) => {
        ipcRenderer.off(channel, listener);
        listener(...args);
      };
      return listen(channel, once, listener);
    },
    off(channel: string, listener: Fn) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((l) => l.original !== listener),
      );
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: Fn) => ipcRenderer.off(channel, listener),
    removeAllListeners(channel?: string) {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
  };
  world.standInReceive = (text) => {
    const m = codec.decode(text) as ToPage;
    if (m.t === "event") {
      for (const l of [...(listeners.get(m.channel) ?? [])]) l.listener({ sender: ipcRenderer, ports: [] }, ...m.args);
      return;
    }
    const call = calls.get(m.id);
    calls.delete(m.id);
    if (m.t === "reply") call?.resolve(m.value);
    else call?.reject(new Error(m.message));
  };

  // contextBridge: functions cross as numbers, everything else is cloned with the event's detail
  const emit = (message: ToMain) =>
    document.dispatchEvent(new CustomEvent(`${settings.channel}m`, { detail: message }));
  const isPlain = (v: unknown): v is Record<string, unknown> =>
    typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;
  const functions = new Map<number, Fn>();
  let lastFunction = 0;
  const outward = (v: unknown): unknown => {
    if (typeof v === "function") {
      functions.set(++lastFunction, v as Fn);
      return { __function: lastFunction };
    }
    if (Array.isArray(v)) return v.map(outward);
    return isPlain(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, outward(x)])) : v;
  };
  const inward = (v: unknown): unknown => {
    if (Array.isArray(v)) return v.map(inward);
    if (!isPlain(v)) return v;
    if (typeof v.__callback === "number") {
      const id = v.__callback;
      return (...args: unknown[]) => void emit({ t: "callback", id, args: args.map(outward) });
    }
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, inward(x)]));
  };
  const exposed = new Map<string, unknown>();
  const contextBridge = {
    exposeInMainWorld(key: string, value: unknown) {
      if (exposed.has(key)) throw new Error("Cannot bind an API on top of an existing property on the window object");
      const api = outward(value);
      exposed.set(key, api);
      emit({ t: "expose", key, api });
    },
  };
  document.addEventListener(`${settings.channel}i`, (event) => {
    const m = (event as CustomEvent<ToIsolated | null>).detail;
    if (m === null) return;
    if (m.t === "close") return post({ t: "close" });
    // Which of the two worlds is set up first is not promised.
    if (m.t === "hello") return exposed.forEach((api, key) => void emit({ t: "expose", key, api }));
    const { id } = m;
    let result: unknown;
    try {
      result = functions.get(m.fn)?.(...m.args.map(inward));
    } catch (e) {
      return void emit({ t: "threw", id, message: messageOf(e) });
    }
    if (!(result instanceof Promise)) return void emit({ t: "returned", id, value: outward(result) });
    emit({ t: "promised", id });
    result
      .then((value) => emit({ t: "resolved", id, value: structuredClone(outward(value)) }))
      .catch((e) => emit({ t: "rejected", id, message: messageOf(e) }));
  });

  /*
   * webUtils.getPathForFile answers at once, but only the host can ask Chromium where a file lies, and asking takes a
   * moment. So an event that brings files is held back until their paths are known, and then dispatched again.
   * A File crosses between the worlds as a copy: paths are kept by what copies have in common.
   */
  const paths = new Map<string, string>();
  const resent = new WeakSet<Event>();
  let delivery = Promise.resolve();
  world.standInFiles = new Map();
  const keyOf = (f: File) => JSON.stringify([f.name, f.size, f.lastModified]);
  const learnPaths = async (files: File[]) => {
    const id = ++lastCall;
    const answer = new Promise<unknown>((resolve, reject) => calls.set(id, { resolve, reject }));
    world.standInFiles.set(id, files);
    post({ t: "files", id });
    const found = (await answer) as string[];
    world.standInFiles.delete(id);
    files.forEach((f, i) => void paths.set(keyOf(f), found[i] ?? ""));
  };
  const holdBack = (event: Event, files: File[], again: () => Event) => {
    if (resent.has(event) || files.length === 0) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    const target = event.target as EventTarget;
    delivery = delivery
      .then(() => learnPaths(files))
      .catch((e) => console.error("stand-in: paths of files:", messageOf(e)))
      .then(() => {
        const copy = again();
        resent.add(copy);
        target.dispatchEvent(copy);
      });
  };
  for (const type of ["input", "change"]) {
    const again = () => new Event(type, { bubbles: true, composed: true });
    const filesOf = (e: Event) => (e.target instanceof HTMLInputElement ? [...(e.target.files ?? [])] : []);
    addEventListener(type, (event) => holdBack(event, filesOf(event), again), true);
  }
  addEventListener(
    "drop",
    (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      const { clientX, clientY } = event;
      holdBack(event, files, () => {
        const dataTransfer = new DataTransfer(); // the event's own is empty once the event is over
        for (const file of files) dataTransfer.items.add(file);
        return new DragEvent("drop", {
          bubbles: true,
          cancelable: true,
          composed: true,
          dataTransfer,
          clientX,
          clientY,
        });
      });
    },
    true,
  );
  const webUtils = { getPathForFile: (file: File): string => paths.get(keyOf(file)) ?? "" };
  world.standInPathOf = webUtils.getPathForFile;

  // Accelerators: keys that the page left alone, seen after all of its own listeners.
  addEventListener("keydown", (event) => {
    const modifiers: string[] = [];
    if (event.ctrlKey) modifiers.push("ctrl");
    if (event.metaKey) modifiers.push("meta");
    if (event.altKey) modifiers.push("alt");
    if (event.shiftKey) modifiers.push("shift");
    if (event.repeat || !(modifiers.some((m) => m !== "shift") || /^F\d+$/.test(event.key))) return;
    setTimeout(() => !event.defaultPrevented && post({ t: "key", key: event.key, modifiers }));
  });

  const electron = { contextBridge, ipcRenderer, webUtils };
  const require = (name: string) => {
    if (name === "electron" || name === "electron/renderer") return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = {
    platform: settings.platform,
    argv: settings.argv,
    versions: settings.versions,
    env: {},
    type: "renderer",
    contextIsolated: true,
    sandboxed: true,
  };
  try {
    const module = { exports: {} };
    preload(require, module, module.exports, process);
  } catch (e) {
    post({ t: "preload-error", message: e instanceof Error ? (e.stack ?? e.message) : String(e) });
  }
}
