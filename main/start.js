// What `npm start` runs. With a display the window: Electron where its binary is there or quickly fetched, else the stand-in
// host with this machine's Chrome or Chromium. Without one the sample investigation in the terminal. Plain JavaScript.
// With --dev, as `npm run dev` gives it, the window shows the page as it is being written (test/dev); nothing of that is packaged.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { isNew, packagedNode, root } from "./node.js";

/** Time limits: for asking whether Electron can be downloaded, for the download, and for a window to count as failed at start. */
const PROBE_TIMEOUT_MS = 3000;
const FETCH_TIMEOUT_MS = 20_000;
const FAILED_AT_ONCE_MS = 5000;

const node = packagedNode() || process.execPath;
const isDev = process.argv[2] === "--dev";
const args = process.argv.slice(isDev ? 3 : 2);
const electron = path.join(root, "node_modules", "electron");
/** What the window runs. In development with a memory of its own: it neither meets nor changes what the person works with. */
const program = isDev
  ? [`--user-data-dir=${path.join(root, "node_modules", ".dev", "user")}`, path.join(root, "test", "dev", "window.js")]
  : [root];

process.exitCode = await (isNew || node === process.execPath
  ? start()
  : run(node, [path.join(root, "main", "start.js"), ...process.argv.slice(2)]));

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
        const code = await show(opening.executable, [...sandbox, ...program, ...args], {
          ELECTRON_RUN_AS_NODE: undefined,
        });
        if (code !== undefined) return code;
        console.log("Electron did not start here.");
        machine.electron = null;
        break;
      }
      case "stand-in": {
        console.log(`Electron cannot be had: Exhibit in ${opening.browser}, with the stand-in host.`);
        const host = path.join(root, "test", "host", process.platform === "win32" ? "electron.cmd" : "electron");
        const code = await show(host, [...program, ...args], { EXHIBIT_VISIBLE: "1" });
        if (code !== undefined) return code;
        machine.browser = null;
        break;
      }
      default:
        if (isDev) return refuse(`${opening.because}: \`npm run dev\` has no window to show`);
        console.log(`${opening.because}: the sample investigation in the terminal.`);
        return run(node, [path.join(root, "main", "exhibit.js"), "demo"]);
    }
  }
}

/** The built window, until it is closed: its exit code, or undefined where it failed at once. */
async function show(file, args, env) {
  const built = isDev ? await watch() : await run(node, [path.join(root, "main", "build.js")]);
  if (built !== 0) return built;
  const began = Date.now();
  const code = await run(file, args, env);
  return code === 0 || Date.now() - began > FAILED_AT_ONCE_MS ? code : undefined;
}

/** Resolves with 0 when the page is built and is built again with every change, or with the code of a build that failed. */
function watch() {
  console.log(
    "Development: a change in renderer/ or shared/ is built and the window loads its page anew; main/ needs a new start.",
  );
  return new Promise((resolve) => {
    const child = spawn(node, [path.join(root, "test", "dev", "build.ts")], {
      cwd: root,
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    child.on("message", () => resolve(0));
    child.on("exit", (code) => resolve(code || 2));
    process.on("exit", () => child.kill());
  });
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

function refuse(text) {
  console.error(text);
  return 2;
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
