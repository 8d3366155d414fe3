import { contextBridge, ipcRenderer, webUtils } from "electron";
import { type Bridge, CHANNEL, type EventMessage } from "../../../shared/contract/wire.ts";

/** Runs in the page's isolated world, sandboxed. The page is given verbs, never the channel they go through. */
const bridge: Bridge = {
  platform: process.platform,
  ask: (id, name, input) => ipcRenderer.invoke(CHANNEL.ask, id, name, input),
  desktop: (id, name, input) => ipcRenderer.invoke(CHANNEL.desktop, id, name, input),
  cancel: (id) => ipcRenderer.send(CHANNEL.cancel, id),
  listen: (listener) => void ipcRenderer.on(CHANNEL.event, (_event, message: EventMessage) => listener(message)),
};
contextBridge.exposeInMainWorld("exhibit", bridge);

// Files may be dropped anywhere. Only the preload can get their paths; the main process says what they are.
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const files = [...(event.dataTransfer?.files ?? [])].map((file) => webUtils?.getPathForFile(file) ?? "");
  const paths = files.filter((file) => file !== "");
  if (paths.length > 0) ipcRenderer.send(CHANNEL.dropped, paths);
});
