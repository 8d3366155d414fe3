import { type RefObject, useEffect, useRef, useSyncExternalStore } from "react";
import type { CommandId } from "../../shared/contract/commands.ts";
import { useSession } from "./session.tsx";

interface Options {
  readonly enabled?: boolean;
  readonly why?: string | undefined;
  /** The part of the screen in which its keys act; absent: everywhere. */
  readonly within?: RefObject<Element | null>;
}

/** Answers a command while this component is shown: from keys, menu, palette and `?` alike. */
export function useCommand(id: CommandId, handler: () => void, { enabled = true, why, within }: Options = {}): void {
  const { commands } = useSession();
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(
    () =>
      commands.register(id, {
        run: () => latest.current(),
        isEnabled: enabled,
        ...(why === undefined ? {} : { why }),
        ...(within ? { within: () => within.current } : {}),
      }),
    [commands, id, enabled, why, within],
  );
}

/** What a button for a command needs to know. */
export function useCommandState(id: CommandId): { readonly isEnabled: boolean; readonly why?: string; run(): void } {
  const { commands } = useSession();
  useSyncExternalStore(
    (listener) => commands.subscribe(listener),
    () => commands.version,
  );
  const handler = commands.find(id);
  return {
    isEnabled: handler?.isEnabled ?? false,
    ...(handler?.why === undefined ? {} : { why: handler.why }),
    run: () => commands.run(id),
  };
}
