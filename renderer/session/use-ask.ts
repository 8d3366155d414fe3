import { startTransition, useCallback, useLayoutEffect, useMemo, useReducer, useRef, useState } from "react";
import type { RefusalData } from "../../shared/base/errors.ts";
import type { Hooks, PageInput, Progress, Reply, RequestName } from "../../shared/contract/contract.ts";
import { ask } from "./client.ts";
import { refusalOf } from "./refusal.ts";
import { useShared } from "./session.tsx";

export interface Asked<T> {
  /** The last good answer; it stays while the next one is on its way. */
  readonly reply?: T;
  readonly error?: RefusalData;
  /** Reply or error is that of the input as it is now. Numbers that are exported must come from a current one. */
  readonly isCurrent: boolean;
  /** 100 ms have passed: dim the old content and say "updating". */
  readonly isUpdating: boolean;
  /** A second has passed: say how much is done, offer Cancel. */
  readonly isLong: boolean;
  readonly progress?: Progress;
  cancel(): void;
  again(): void;
}

interface Settled<T> {
  readonly key?: string;
  readonly reply?: T;
  readonly error?: RefusalData;
}

/** Who answers. */
interface Source<Name extends RequestName> {
  /** @throws Refusal */
  ask(input: PageInput<Name>, hooks: Hooks): Promise<Reply<Name>>;
  /** The answer, where it is there already: what asks is then drawn once, and not a second time with the answer. */
  found(input: PageInput<Name>): Reply<Name> | undefined;
}

/**
 * Asks the engine, again whenever the input or the case changes. A change cancels what is under way, and a late answer to an
 * old question is dropped. `input` undefined: nothing is asked. What the eye waits for is asked `at once`, all else when the
 * next frame has been drawn: it would hold that up. `held`: what is under way is cancelled, nothing new is asked, and the last
 * answer stays.
 * @param source another one than the engine itself
 */
export function useAsk<Name extends RequestName>(
  name: Name,
  input: PageInput<Name> | undefined,
  when: "at once" | "drawn" | "held" = "drawn",
  source?: Source<Name>,
): Asked<Reply<Name>> {
  const revision = useShared((state) => state.revision);
  const [turn, setTurn] = useState(0);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const [waited, setWaited] = useState<{ key: string; stage: 0 | 1 | 2; progress?: Progress }>({ key: "", stage: 0 });
  const controller = useRef<AbortController | undefined>(undefined);
  const key = input === undefined ? undefined : JSON.stringify([name, input, revision, turn]);
  const kept = useRef<Settled<Reply<Name>>>({});
  const latest = useRef({ name, input, source });
  latest.current = { name, input, source };
  if (input === undefined || key === undefined) kept.current = NO_REPLY;
  else if (kept.current.key !== key && when !== "held") {
    const reply = source?.found(input);
    if (reply !== undefined) kept.current = { key, reply };
  }
  const settled = kept.current;

  useLayoutEffect(() => {
    if (key === undefined || when === "held" || kept.current.key === key) return;
    const own = new AbortController();
    controller.current = own;
    let isOver = false;
    const settle = (next: (before: Settled<Reply<Name>>) => Settled<Reply<Name>>) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(slow);
      clearTimeout(long);
      const isFirst = kept.current.reply === undefined;
      kept.current = next(kept.current);
      // a part of the screen is drawn for the first time: there is much of it, and keys must be heard meanwhile
      if (isFirst) startTransition(redraw);
      else redraw();
    };
    const slow = setTimeout(() => setWaited({ key, stage: 1 }), 100);
    const long = setTimeout(() => setWaited((before) => ({ ...before, key, stage: 2 })), 1000);
    const begin = () => {
      const { name, source } = latest.current;
      const input = latest.current.input as PageInput<Name>;
      const hooks: Hooks = {
        signal: own.signal,
        progress: (progress) => {
          if (!isOver)
            setWaited((before) => (before.key === key ? { ...before, progress } : { key, stage: 0, progress }));
        },
      };
      (source?.ask(input, hooks) ?? ask(name, input, hooks)).then(
        (reply) => settle(() => ({ key, reply })),
        (error: unknown) =>
          settle(({ reply }) => ({ key, error: refusalOf(error), ...(reply === undefined ? {} : { reply }) })),
      );
    };
    const forget = when === "drawn" ? whenDrawn(begin) : undefined;
    if (when === "at once") begin();
    return () => {
      isOver = true;
      forget?.();
      clearTimeout(slow);
      clearTimeout(long);
      own.abort();
    };
  }, [key, when]);

  const isCurrent = key !== undefined && settled.key === key;
  const { stage, progress } = !isCurrent && waited.key === key ? waited : NOT_WAITED;
  const cancel = useCallback(() => controller.current?.abort(), []);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return useMemo(
    () => ({
      ...(settled.reply === undefined ? {} : { reply: settled.reply }),
      ...(settled.error === undefined || !isCurrent ? {} : { error: settled.error }),
      isCurrent,
      isUpdating: stage >= 1,
      isLong: stage === 2,
      ...(progress ? { progress } : {}),
      cancel,
      again,
    }),
    [settled, isCurrent, stage, progress, cancel, again],
  );
}

const NO_REPLY = {};

/** Milliseconds after which a frame has been drawn or never is: a hidden window draws none. */
const FRAME_MS = 100;

/** Runs something once the next frame has been drawn. Gives a function that takes it back. */
function whenDrawn(run: () => void): () => void {
  let isDue = true;
  const now = () => {
    if (isDue) run();
    end();
  };
  const { port1, port2 } = new MessageChannel();
  // a message sent within a frame is received when the frame has been drawn
  port1.onmessage = now;
  const frame = requestAnimationFrame(() => port2.postMessage(undefined));
  const timer = setTimeout(now, FRAME_MS);
  const end = () => {
    isDue = false;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    port1.close();
  };
  return end;
}

const NOT_WAITED: { readonly stage: number; readonly progress?: Progress } = { stage: 0 };
