import fs from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from "electron";

/** A throw-away app with nothing of Exhibit in it: it only uses what the host must provide. */

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src app:";
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };
const page = path.join(import.meta.dirname, "page");

function drip(): ReadableStream<Uint8Array> {
  let i = 0;
  return new ReadableStream({
    async pull(controller) {
      if (i > 0) await setTimeout(100);
      if (i < 4) controller.enqueue(new TextEncoder().encode(`${i++}\n`));
      else controller.close();
    },
  });
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === "/drip") return new Response(drip());
  if (url.pathname === "/bytes") return new Response(new Uint8Array(Number(url.searchParams.get("n"))));
  if (url.pathname === "/size") return Response.json((await request.arrayBuffer()).byteLength);
  if (url.pathname === "/whoami") return Response.json({ url: request.url, referer: request.headers.get("referer") });
  const file = url.pathname === "/" ? "/index.html" : url.pathname;
  const open = url.searchParams.has("open"); // without the policy, so that only the session stands in the way
  const headers = { "content-type": TYPES[path.extname(file)] ?? "text/plain" };
  try {
    const body = await fs.readFile(path.join(page, path.normalize(file)));
    return new Response(body, { headers: open ? headers : { ...headers, "content-security-policy": POLICY } });
  } catch {
    return new Response("not here", { status: 404 });
  }
}

protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 900,
    height: 600,
    webPreferences: { preload: path.join(import.meta.dirname, "preload.cjs"), sandbox: true },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  window.webContents.on("will-navigate", (event) => event.preventDefault());
  window.webContents.on("render-process-gone", (_event, { reason }) => console.log(`gone: ${reason}`));
  void window.loadURL("app://proof/");
  return window;
}

if (!app.requestSingleInstanceLock({ from: process.argv.at(-1) })) {
  console.log("another instance has the lock");
  app.quit();
}
app.on("second-instance", (_event, _argv, _folder, data) => console.log(`second: ${JSON.stringify(data)}`));
app.on("window-all-closed", () => app.quit());
for (const name of ["before-quit", "will-quit", "quit"] as const) app.on(name as "quit", () => console.log(name));

ipcMain.handle("echo", (_event, value: unknown) => value);
ipcMain.handle("fail", () => {
  throw new TypeError("no such thing");
});
ipcMain.handle("choose", async () => (await dialog.showOpenDialog({ properties: ["openFile"] })).filePaths);
ipcMain.on("say", (event, text: string) => event.sender.send("told", `${text} from ${event.senderFrame?.url}`));

void app.whenReady().then(() => {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.webRequest.onBeforeRequest(({ url }, done) =>
    done({ cancel: !/^(app|data|blob|devtools):/.test(url) }),
  );
  session.defaultSession.on("will-download", (event) => event.preventDefault());
  protocol.handle("app", answer);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: "File",
        submenu: [
          { id: "new", label: "New window", accelerator: "CmdOrCtrl+N", click: () => void openWindow() },
          {
            id: "tell",
            label: "Tell",
            accelerator: "CmdOrCtrl+K",
            click: (_item, window) => (window as BrowserWindow).webContents.send("told", "menu"),
          },
        ],
      },
    ]),
  );
  openWindow();
});
