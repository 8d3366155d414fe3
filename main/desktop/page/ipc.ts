import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from "electron";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Purpose } from "../../../shared/contract/chosen.ts";
import { CONTRACT, type Hooks, type Input, type Reply, type RequestName } from "../../../shared/contract/contract.ts";
import { type Answer, CHANNEL } from "../../../shared/contract/wire.ts";
import type { CaseWindow } from "../windows/case-window.ts";
import { refusalData } from "../windows/refusal.ts";
import type { Windows } from "../windows/windows.ts";
import type { WindowOf } from "./app-protocol.ts";
import { droppedOf } from "./dropped-files.ts";
import { answerDesktop } from "./requests.ts";

/** The page's requests, as they come in. Only the app's own page in its own window is heard, and names only what was chosen there. */
export function handleRequests(windows: Windows): WindowOf {
  const senderOf = (event: IpcMainInvokeEvent | IpcMainEvent): CaseWindow => {
    const own = windows.of(event.sender.id);
    const { senderFrame: frame } = event;
    if (!own || !frame || frame.parent || !frame.url.startsWith(own.address))
      throw new Error("a message from nobody's page");
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
    return answered(own, id, async (hooks) => {
      const known = requestName(name);
      const reply: Reply<RequestName> = await own.ask(known, pathsIn(own, known, input), hooks);
      own.chosen.wrote(input);
      return reply;
    });
  });
  ipcMain.handle(CHANNEL.desktop, (event, id: unknown, name: unknown, input: unknown) => {
    const own = senderOf(event);
    return answered(own, id, (hooks) => answerDesktop({ own, windows, hooks }, String(name), input));
  });
  ipcMain.on(CHANNEL.cancel, (event, id: unknown) => senderOf(event).cancel(String(id)));
  ipcMain.on(CHANNEL.dropped, (event, paths: unknown) => {
    if (Array.isArray(paths)) drop(senderOf(event), paths.map(String));
  });

  return (key) => {
    const own = windows.byKey(key);
    return (
      own &&
      ((id, name, input) =>
        own.run(id, (hooks) => {
          const known = requestName(name);
          return own.askBytes(known, pathsIn(own, known, input), hooks);
        }))
    );
  };
}

/** @throws Refusal where it names what was not chosen */
const pathsIn = (own: CaseWindow, name: RequestName, input: unknown): Input<RequestName> =>
  own.chosen.resolve(CONTRACT[name].input, input) as Input<RequestName>;

function drop(own: CaseWindow, paths: readonly string[]): void {
  const dropped = droppedOf(paths);
  const give = (path: string, purpose: Purpose) => own.chosen.give(path, purpose);
  switch (dropped.kind) {
    case "case":
      own.send("dropped", { kind: "case", folder: give(dropped.folder, "case") });
      break;
    case "bundle":
      own.send("dropped", { kind: "bundle", target: give(dropped.target, "bundle") });
      break;
    case "files":
      own.send("dropped", { kind: "files", files: dropped.files.map((file) => give(file, "logs")) });
  }
}

function requestName(name: unknown): RequestName {
  if (typeof name === "string" && Object.hasOwn(CONTRACT, name)) return name as RequestName;
  throw new Refusal("usage", `There is no request "${String(name)}"`, "ask again");
}
