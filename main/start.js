// What `npm start` runs. With a display the window: Electron where its binary is there or quickly fetched, else the stand-in
// host with this machine's Chrome or Chromium. Without one the sample investigation in the terminal. Plain JavaScript.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { isNew, packagedNode, root } from "./node.js";

/** Milliseconds: for finding out whether Electron can be had, for fetching it, and within which a window that fails has failed. */
const PROBE = 4000;
const FETCH = 90_000;
const FAILED_AT_ONCE = 5000;

const node = packagedNode() || process.execPath;
const args = process.argv.slice(2);
const electron = path.join(root, "node_modules", "electron");

// Decided before anything is fetched or built.
const hasDisplay = process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
process.exitCode = await (isNew || node === process.execPath
  ? start()
  : run(node, [path.join(root, "main", "start.js"), ...args]));

function start() {
  return hasDisplay ? openWindow() : demo();
}

function demo() {
  return run(node, [path.join(root, "main", "exhibit.js"), "demo", ...args]);
}

async function openWindow() {
  const built = await run(node, [path.join(root, "main", "build.js")]);
  if (built !== 0) return built;
  const binary = electronBinary() || (await fetchElectron());
  if (binary) {
    console.log(`Exhibit in Electron ${versionOf(electron)}.`);
    const began = Date.now();
    // Chromium refuses its sandbox to root.
    const sandbox = process.getuid && process.getuid() === 0 ? ["--no-sandbox"] : [];
    const code = await run(binary, [...sandbox, root, ...args], { ELECTRON_RUN_AS_NODE: undefined });
    if (code === 0 || Date.now() - began > FAILED_AT_ONCE) return code;
    console.log("Electron did not start here.");
  }
  const { installedBrowser } = await import("../test/host/browser.ts");
  const browser = installedBrowser();
  if (!browser) {
    console.log(
      "Electron cannot be had and there is no Chrome or Chromium: the sample investigation in the terminal instead.",
    );
    return demo();
  }
  console.log(`Electron cannot be had: Exhibit in ${browser}, with the stand-in host.`);
  const host = path.join(root, "test", "host", process.platform === "win32" ? "electron.cmd" : "electron");
  return run(host, [root, ...args], { EXHIBIT_VISIBLE: "1" });
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
  const place = process.env.ELECTRON_MIRROR || "https://github.com/electron/electron/releases/download/";
  try {
    await fetch(place, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(PROBE) });
  } catch {
    return undefined;
  }
  console.log(`Fetching Electron ${versionOf(electron)}, once…`);
  await run(node, [path.join(electron, "install.js")], {}, { stdio: "ignore", timeout: FETCH });
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
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("error", () => resolve(2));
    child.on("exit", (code) => resolve(code === null ? 2 : code));
  });
}
