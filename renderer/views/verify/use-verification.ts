import { useCallback, useEffect, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { Progress } from "../../../shared/contract/contract.ts";
import type { CheckResult, PageDesktopInput } from "../../../shared/contract/desktop.ts";
import type { VerdictWord } from "../../../shared/model/verdict.ts";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";

export interface Verification {
  readonly isChecking: boolean;
  readonly progress?: Progress;
  readonly target?: Chosen;
  readonly verdict?: VerdictWord;
  readonly checks?: readonly CheckResult[];
  readonly error?: RefusalData;
  /** Without a target the system's dialog asks for one. */
  check(input: PageDesktopInput<"verify">): void;
  cancel(): void;
  forget(): void;
  /** Drops what was found, and keeps which bundle it was about. */
  clear(): void;
}

type Found = Omit<Verification, "check" | "cancel" | "forget" | "clear">;

/** Checks bundles, one at a time; the result of an earlier one is dropped. */
export function useVerification(): Verification {
  const [found, setFound] = useState<Found>({ isChecking: false });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const check = useCallback((input: PageDesktopInput<"verify">) => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    const set = (next: (before: Found) => Found) => {
      if (running.current === own) setFound(next);
    };
    setFound({ isChecking: true, ...(input.target === undefined ? {} : { target: input.target }) });
    desktop("verify", input, {
      signal: own.signal,
      progress: (progress) => set((before) => ({ ...before, progress })),
    }).then(
      ({ target, verdict, checks }) =>
        set(() =>
          target === undefined || verdict === undefined || checks === undefined
            ? { isChecking: false }
            : { isChecking: false, target, verdict, checks },
        ),
      (error: unknown) =>
        set((before) => ({
          isChecking: false,
          error: refusalOf(error),
          ...(before.target === undefined ? {} : { target: before.target }),
        })),
    );
  }, []);
  const cancel = useCallback(() => running.current?.abort(), []);
  const forget = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setFound({ isChecking: false });
  }, []);
  const clear = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setFound(({ target }) => ({ isChecking: false, ...(target === undefined ? {} : { target }) }));
  }, []);
  return { ...found, check, cancel, forget, clear };
}
