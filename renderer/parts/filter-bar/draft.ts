import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { pauseAfter, SETTLES_AFTER_MS } from "../../../shared/filter/typed/pause.ts";
import { refusalOf } from "../../session/refusal.ts";
import { usePlace, useSession, useShared } from "../../session/session.tsx";
import { keepUnsaved, unsaved } from "../../session/use-unsaved.ts";

const MAX_UNDO_STEPS = 200;

/** The filter's text in the course of being written, beside the last one that held. */
export interface Draft {
  readonly text: string;
  /** Why the text does not parse: the last good filter holds meanwhile. */
  readonly mistake?: RefusalData;
  /** @param at when it was typed, ms of the page's clock: the wait counts from there */
  change(text: string, at?: number): void;
  /** Runs it now, and makes it a place. */
  settle(): void;
  /** Back to the filter that holds. */
  restore(): void;
  undo(): void;
  redo(): void;
}

export function mistakeIn(text: string): RefusalData | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}

export function useDraft(): Draft {
  const session = useSession();
  const { text: good, sort } = usePlace();
  const folder = useShared((state) => state.info?.case ?? "");
  const [text, setText] = useState(() => {
    // written over this very filter, and neither run nor taken back
    const [over, draft] = unsaved(folder, "filter").split("\u0000");
    return over === good && draft !== undefined ? draft : good;
  });
  const own = useRef(good);
  const timers = useRef<{ run?: ReturnType<typeof setTimeout>; settle?: ReturnType<typeof setTimeout> }>({});
  const past = useRef<string[]>([]);
  const future = useRef<string[]>([]);

  useEffect(() => keepUnsaved(folder, "filter", text === good ? "" : `${good}\u0000${text}`), [folder, text, good]);
  // a control, Back or another screen changed the filter: the input follows in the same frame, and its undo leads back
  if (own.current !== good) {
    clearTimeout(timers.current.run);
    past.current = [...past.current, own.current].slice(-MAX_UNDO_STEPS);
    future.current = [];
    own.current = good;
    setText(good);
  }
  useEffect(
    () => () => {
      clearTimeout(timers.current.run);
      clearTimeout(timers.current.settle);
    },
    [],
  );

  const write = useCallback(
    (next: string, wait: number) => {
      setText(next);
      clearTimeout(timers.current.run);
      clearTimeout(timers.current.settle);
      timers.current.settle = setTimeout(() => session.settle(), SETTLES_AFTER_MS);
      if (mistakeIn(next)) return;
      const run = () => {
        own.current = next;
        session.type(next);
      };
      if (wait === 0) run();
      else {
        timers.current.run = setTimeout(run, wait);
        session.ahead.begin({ text: next, ...(sort === undefined ? {} : { sort }) });
      }
    },
    [session, sort],
  );
  const mistake = useMemo(() => mistakeIn(text), [text]);
  return useMemo(() => {
    const walk = (from: { current: string[] }, to: { current: string[] }) => {
      const there = from.current.at(-1);
      if (there === undefined) return;
      from.current = from.current.slice(0, -1);
      to.current = [...to.current, text];
      write(there, 0);
    };
    return {
      text,
      ...(mistake ? { mistake } : {}),
      change(next, at = performance.now()) {
        past.current = [...past.current, text].slice(-MAX_UNDO_STEPS);
        future.current = [];
        write(next, Math.max(1, pauseAfter(next) - (performance.now() - at)));
      },
      settle() {
        if (text !== good && !mistake) write(text, 0);
        clearTimeout(timers.current.settle);
        session.settle();
      },
      restore() {
        clearTimeout(timers.current.run);
        own.current = good;
        setText(good);
      },
      undo: () => walk(past, future),
      redo: () => walk(future, past),
    };
  }, [text, good, mistake, write, session]);
}
