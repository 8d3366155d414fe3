import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from "electron";
import { Refusal } from "../../../shared/base/errors.ts";
import { CONTRACT, type Hooks, type Input, type RequestName } from "../../../shared/contract/contract.ts";
import { type Answer, CHANNEL } from "../../../shared/contract/wire.ts";
import type { CaseWindow } from "../windows/case-window.ts";
import { ORIGIN } from "../windows/origin.ts";
import { refusalData } from "../windows/refusal.ts";
import type { Windows } from "../windows/windows.ts";
import type { AskBytes } from "./app-protocol.ts";
import { droppedOf } from "./dropped-files.ts";
import { answerDesktop } from "./requests.ts";

/** The page's requests, as they come in. Only the app's own page in its own window is heard. */
export function handleRequests(windows: Windows): AskBytes {
  const senderOf = (event: IpcMainInvokeEvent | IpcMainEvent): CaseWindow => {
    const own = windows.of(event.sender.id);
    if (!own || !event.senderFrame?.url.startsWith(`${ORIGIN}/`)) throw new Error("a message from nobody's page");
    return own;
  };
  const answered = async (
    own: CaseWindow,
    id: unknown,
    work: (hooks: Hooks) => Promise<unknown>,
  ): Promise<Answer<unknown>> => {
    try {
      return { reply: await own.run(String(id), work) };
    } catch (error) {
      return { refused: refusalData(error) };
    }
  };

  ipcMain.handle(CHANNEL.ask, (event, id: unknown, name: unknown, input: unknown) => {
    const own = senderOf(event);
    return answered(own, id, (hooks) => own.ask(requestName(name), input as Input<RequestName>, hooks));
  });
  ipcMain.handle(CHANNEL.desktop, (event, id: unknown, name: unknown, input: unknown) => {
    const own = senderOf(event);
    return answered(own, id, (hooks) => answerDesktop({ own, windows, hooks }, String(name), input));
  });
  ipcMain.on(CHANNEL.cancel, (event, id: unknown) => senderOf(event).cancel(String(id)));
  ipcMain.on(CHANNEL.dropped, (event, paths: unknown) => {
    if (Array.isArray(paths)) senderOf(event).send("dropped", droppedOf(paths.map(String)));
  });

  return (window, id, name, input) => {
    const own = windows.of(window);
    if (!own) throw new Refusal("usage", "No window asked this", "ask from the app's own page");
    return own.run(id, (hooks) => own.askBytes(requestName(name), input, hooks));
  };
}

function requestName(name: unknown): RequestName {
  if (typeof name === "string" && Object.hasOwn(CONTRACT, name)) return name as RequestName;
  throw new Refusal("usage", `There is no request "${String(name)}"`, "ask again");
}
