import { Refusal, type RefusalData, refusalFrom } from "../../shared/base/errors.ts";
import type { Hooks, PageInput, Reply, RequestName } from "../../shared/contract/contract.ts";
import type { DesktopEvents, DesktopName, DesktopReply, PageDesktopInput } from "../../shared/contract/desktop.ts";
import { type Answer, type Bridge, BULK, REFUSED } from "../../shared/contract/wire.ts";

declare global {
  interface Window {
    readonly exhibit: Bridge;
  }
}

const listeners = new Map<keyof DesktopEvents, Set<(detail: never) => void>>();
let isListening = false;

/** Hears an event of the desktop until the returned function is called. */
export function on<Name extends keyof DesktopEvents>(
  name: Name,
  listener: (detail: DesktopEvents[Name]) => void,
): () => void {
  if (!isListening) {
    isListening = true;
    window.exhibit.listen((message) => {
      for (const each of [...(listeners.get(message.name) ?? [])]) each(message.detail as never);
    });
  }
  const all = listeners.get(name) ?? new Set();
  listeners.set(name, all);
  all.add(listener);
  return () => all.delete(listener);
}

/**
 * Asks the engine of the open case. An aborted request still settles with what the engine says: `cancelled`, or that it was
 * done already.
 * @throws Refusal
 */
export function ask<Name extends RequestName>(
  name: Name,
  input: PageInput<Name>,
  hooks: Hooks = {},
): Promise<Reply<Name>> {
  return settled<Reply<Name>>(hooks, (id) =>
    BULK.has(name) ? fetchAnswer(id, name, input) : window.exhibit.ask(id, name, input),
  );
}

/** Asks the desktop: dialogs, recent cases, settings, and what needs no open case. @throws Refusal */
export function desktop<Name extends DesktopName>(
  name: Name,
  input: PageDesktopInput<Name>,
  hooks: Hooks = {},
): Promise<DesktopReply<Name>> {
  return settled<DesktopReply<Name>>(hooks, (id) => window.exhibit.desktop(id, name, input));
}

async function settled<R>({ signal, progress }: Hooks, send: (id: string) => Promise<Answer<R>>): Promise<R> {
  if (signal?.aborted) throw new Refusal("cancelled", "The request was stopped", "ask again");
  const id = crypto.randomUUID();
  const cancel = () => window.exhibit.cancel(id);
  signal?.addEventListener("abort", cancel);
  const deafen = progress && on("progress", (told) => told.id === id && progress(told.progress));
  try {
    const answer = await send(id);
    if ("refused" in answer) throw refusalFrom(answer.refused);
    return answer.reply;
  } finally {
    signal?.removeEventListener("abort", cancel);
    deafen?.();
  }
}

/** Relative, so that the page need not know the scheme it is on. */
async function fetchAnswer<R>(id: string, name: string, input: unknown): Promise<Answer<R>> {
  const response = await fetch(`ask/${name}?id=${id}`, { method: "POST", body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`the request ${name} was not answered (${response.status})`);
  const body: unknown = await response.json();
  return response.headers.has(REFUSED) ? { refused: body as RefusalData } : { reply: body as R };
}

/** What style elements must carry to count: the page's policy knows no other. The grid takes it as `styleNonce`. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";
