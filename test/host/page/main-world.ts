import type { ToIsolated, ToMain } from "./messages.ts";

/**
 * The page's half of contextBridge. Runs as text in the main world before the page's first script, so it must not refer
 * to anything outside itself. `channel` is a random event name; details of events are cloned between the worlds.
 */
export function mainWorld(channel: string): void {
  if (self !== top || location.href === "about:blank") return;
  type Fn = (...args: unknown[]) => unknown;
  const target = document;
  const Event = CustomEvent; // the page may replace the globals later
  const emit = (message: ToIsolated) => target.dispatchEvent(new Event(`${channel}i`, { detail: message }));

  const isPlain = (v: unknown): v is Record<string, unknown> =>
    typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;
  const callbacks = new Map<number, Fn>();
  let lastCallback = 0;
  const outward = (v: unknown): unknown => {
    if (typeof v === "function") {
      callbacks.set(++lastCallback, v as Fn);
      return { __callback: lastCallback };
    }
    if (Array.isArray(v)) return v.map(outward);
    return isPlain(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, outward(x)])) : v;
  };

  const returns = new Map<number, ToMain>();
  const promises = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>();
  let lastCall = 0;
  const inward = (v: unknown): unknown => {
    if (Array.isArray(v)) return v.map(inward);
    if (!isPlain(v)) return v;
    if (typeof v.__function === "number") {
      const fn = v.__function;
      return (...args: unknown[]) => {
        const id = ++lastCall;
        emit({ t: "call", fn, id, args: args.map(outward) });
        const r = returns.get(id);
        returns.delete(id);
        if (r?.t === "returned") return inward(r.value);
        if (r?.t === "promised") return new Promise((resolve, reject) => promises.set(id, { resolve, reject }));
        // A detail that cannot be cloned arrives as null, and so without an answer.
        throw new Error(r?.t === "threw" ? r.message : "An object could not be cloned.");
      };
    }
    return Object.freeze(Object.fromEntries(Object.entries(v).map(([k, x]) => [k, inward(x)])));
  };

  target.addEventListener(`${channel}m`, (event) => {
    const m = (event as CustomEvent<ToMain | null>).detail;
    if (m === null) return;
    switch (m.t) {
      case "expose":
        if (!(m.key in window)) Object.defineProperty(window, m.key, { value: inward(m.api), enumerable: true });
        return;
      case "returned":
      case "threw":
      case "promised":
        returns.set(m.id, m);
        return;
      case "resolved":
      case "rejected": {
        const promise = promises.get(m.id);
        promises.delete(m.id);
        if (m.t === "resolved") promise?.resolve(inward(m.value));
        else promise?.reject(new Error(m.message));
        return;
      }
      case "callback":
        callbacks.get(m.id)?.(...m.args.map(inward));
    }
  });

  // Chromium closes only windows that a script opened, and would open ones that Electron leaves to the app.
  window.close = () => emit({ t: "close" });
  const open = window.open;
  window.open = (...args) => {
    open.apply(window, args);
    return null;
  };
  emit({ t: "hello" });
}
