import { contextBridge, ipcRenderer, webUtils } from "electron";

const proof = {
  platform: process.platform,
  echo: (value: unknown) => ipcRenderer.invoke("echo", value),
  fail: () => ipcRenderer.invoke("fail"),
  choose: () => ipcRenderer.invoke("choose"),
  doubled: (n: number) => n * 2,
  pathOf: (file: File) => webUtils.getPathForFile(file),
  say: (text: string) => ipcRenderer.send("say", text),
  onTold: (listener: (text: string) => void) => void ipcRenderer.on("told", (_event, text: string) => listener(text)),
};
contextBridge.exposeInMainWorld("proof", proof);

export type Proof = typeof proof;
