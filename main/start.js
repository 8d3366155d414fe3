// What `npm start` runs. With a display the window: Electron where its binary is there or quickly fetched, else the stand-in
// host with this machine's Chrome or Chromium. Without one the sample investigation in the terminal. Plain JavaScript.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { isNew, packagedNode, root } from "./node.js";

/** Time limits: for asking whether Electron can be downloaded, for the download, and for a window to count as failed at start. */
const PROBE_TIMEOUT_MS = 3000;
const FETCH_TIMEOUT_MS = 20_000;
const FAILED_AT_ONCE_MS = 5000;

const node = packagedNode() || process.execPath;
const args = process.argv.slice(2);
const electron = path.join(root, "node_modules", "electron");

process.exitCode = await (isNew || node === process.execPath
  ? start()
  : run(node, [path.join(root, "main", "start.js"), ...args]));

async function start() {
  const { openingOn } = await import("./opening.ts");
  const { installedBrowser } = await import("../test/host/browser.ts");
  const machine = {
    platform: process.platform,
    display: process.env.DISPLAY || process.env.WAYLAND_DISPLAY,
    electron: electronBinary(),
    browser: installedBrowser(),
  };
  for (;;) {
    const opening = openingOn(machine);
    switch (opening.way) {
      case "fetch":
        machine.electron = (await fetchElectron()) || null;
        break;
      case "electron": {
        console.log(`Exhibit in Electron ${versionOf(electron)}.`);
        // Chromium refuses its sandbox to root.
        const sandbox = process.getuid && process.getuid() === 0 ? ["--no-sandbox"] : [];
        const code = await show(opening.executable, [...sandbox, root, ...args], { ELECTRON_RUN_AS_NODE: undefined });
        if (code !== undefined) return code;
        console.log("Electron did not start here.");
        machine.electron = null;
        break;
      }
      case "stand-in": {
        console.log(`Electron cannot be had: Exhibit in ${opening.browser}, with the stand-in host.`);
        const host = path.join(root, "test", "host", process.platform === "win32" ? "electron.cmd" : "electron");
        const code = await show(host, [root, ...args], { EXHIBIT_VISIBLE: "1" });
        if (code !== undefined) return code;
        machine.browser = null;
        break;
      }
      default:
        console.log(`${opening.because}: the sample investigation in the terminal.`);
        return run(node, [path.join(root, "main", "exhibit.js"), "demo"]);
    }
  }
}

/** The built window, until it is closed: its exit code, or undefined where it failed at once. */
async function show(file, args, env) {
  const built = await run(node, [path.join(root, "main", "build.js")]);
  if (built !== 0) return built;
  const began = Date.now();
  const code = await run(file, args, env);
  return code === 0 || Date.now() - began > FAILED_AT_ONCE_MS ? code : undefined;
}

function electronBinary() {
  try {
    const file = path.join(electron, "dist", fs.readFileSync(path.join(electron, "path.txt"), "utf8"));
    return fs.existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Electron's own installer, asked only where its download answers, and not for longer than a person waits. */
async function fetchElectron() {
  if (!fs.existsSync(path.join(electron, "install.js"))) return undefined;
  const url = process.env.ELECTRON_MIRROR || "https://github.com/electron/electron/releases/download/";
  try {
    await fetch(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  } catch {
    return undefined;
  }
  console.log(`Fetching Electron ${versionOf(electron)}, once, for ${FETCH_TIMEOUT_MS / 1000} seconds at most…`);
  await run(node, [path.join(electron, "install.js")], {}, { stdio: "ignore", timeout: FETCH_TIMEOUT_MS });
  return electronBinary();
}

function versionOf(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).version;
}

/** Resolves with the exit code; 2 where it could not run or was ended. */
function run(file, args, env = {}, options = { stdio: "inherit" }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell: file.endsWith(".cmd"),
      ...options,
    });
    // The terminal signals the whole group; the child decides how to stop.
    const forward = (signal) => child.kill(signal);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const settle = (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code);
    };
    for (const signal of signals) process.on(signal, forward);
    child.on("error", () => settle(2));
    child.on("exit", (code) => settle(code === null ? 2 : code));
  });
}
