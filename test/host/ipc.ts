import { EventEmitter } from "node:events";
import type { WebContents } from "./web-contents.ts";

export interface IpcEvent {
  sender: WebContents;
  senderFrame: { url: string };
  frameId: number;
  processId: number;
  reply(channel: string, ...args: unknown[]): void;
}

type Handler = (event: IpcEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

class IpcMain extends EventEmitter {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      handlers.delete(channel);
      return handler(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();

/** Answers an `invoke`; a failure becomes the sentence in which Electron hands it to the page. */
export async function answerInvoke(channel: string, event: IpcEvent, args: unknown[]): Promise<unknown> {
  try {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...args);
  } catch (e) {
    throw new Error(`Error invoking remote method '${channel}': ${e}`);
  }
}
