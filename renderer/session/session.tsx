import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import type { RefusalData } from "../../shared/base/errors.ts";
import { endOf } from "../../shared/base/time.ts";
import type { PageInput, Progress, Reply, RequestName } from "../../shared/contract/contract.ts";
import type { Settings } from "../../shared/contract/desktop.ts";
import { ask, desktop } from "./client.ts";
import { Commands } from "./command-handlers.ts";
import { amend, type Change, go, type Place, settle, type } from "./places.ts";
import { LookAhead } from "./prefetch.ts";
import { refusalOf } from "./refusal.ts";
import {
  acted,
  changed,
  type Job,
  type Notice,
  type State,
  withChange,
  withHistory,
  withInfo,
  withJob,
  withNotice,
  withoutJob,
  withPolicy,
  withProgress,
} from "./state.ts";
import { createStore, type Store } from "./store.ts";

/** What every screen is given: the state of the window, and the verbs that change it. */
export interface Session {
  readonly store: Store<State>;
  readonly commands: Commands;
  readonly ahead: LookAhead;
  /** This machine's habits: theme, keys, layout. */
  change(settings: Partial<Settings>): void;
  /** To another place; Back returns. */
  go(change: Change): void;
  /** The same place, seen differently: row, order. No step for Back. */
  amend(change: Change): void;
  /** The filter's text while it is typed; `settle` on Enter, blur or after 2 s makes it a place. */
  type(text: string): void;
  settle(): void;
  /** A request that changes the case: what was asked before is asked again. @throws RefusalData */
  act<Name extends RequestName>(name: Name, input: PageInput<Name>): Promise<Reply<Name>>;
  /**
   * A long request, shown in the case bar until it ends. Its signal is the case bar's Pause or Cancel too.
   * @throws RefusalData, `cancelled` among them
   */
  work<T>(title: string, stop: Job["stop"], run: (hooks: WorkHooks) => Promise<T>): Promise<T>;
  /** Stops a job of the case bar. */
  stop(job: number): void;
  /** One sentence at the foot of the window: what was done, or what was refused. */
  say(text: string, more?: { offers?: Notice["offers"]; error?: RefusalData }): void;
  /** Reads what the case says of itself, its policy included, anew. */
  refresh(): Promise<void>;
}

export interface WorkHooks {
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

export function createSession(initial: State): Session {
  const store = createStore(initial);
  const running = new Map<number, AbortController>();
  let last = 0;
  let changes = 0;
  /** The case in which it was said that the clock stands behind the last act. */
  let clockSaidIn: string | undefined;
  const session: Session = {
    store,
    commands: new Commands(),
    ahead: new LookAhead(store),
    change(settings) {
      changes += 1;
      store.update((state) => withChange(state, settings));
      desktop("changeSettings", settings)
        .catch((error: unknown) => session.say("The setting was not kept.", { error: refusalOf(error) }))
        .finally(() => {
          changes -= 1;
          if (changes === 0) store.update(changed);
        });
    },
    go: (change) => store.update((state) => withHistory(state, (history) => go(history, change))),
    amend: (change) => store.update((state) => withHistory(state, (history) => amend(history, change))),
    type: (text) => store.update((state) => withHistory(state, (history) => type(history, text))),
    settle: () => store.update((state) => withHistory(state, settle)),
    async act(name, input) {
      try {
        return await ask(name, input);
      } catch (error) {
        throw refusalOf(error);
      } finally {
        store.update(acted);
      }
    },
    async work(title, stop, run) {
      const id = ++last;
      const controller = new AbortController();
      running.set(id, controller);
      store.update((state) => withJob(state, stop === undefined ? { id, title } : { id, title, stop }));
      try {
        return await run({
          signal: controller.signal,
          progress: (progress) => store.update((state) => withProgress(state, id, progress)),
        });
      } catch (error) {
        throw refusalOf(error);
      } finally {
        running.delete(id);
        store.update((state) => acted(withoutJob(state, id)));
      }
    },
    stop: (job) => running.get(job)?.abort(),
    say(text, { offers, error } = {}) {
      const id = ++last;
      store.update((state) =>
        withNotice(state, { id, text, ...(offers ? { offers } : {}), ...(error ? { error } : {}) }),
      );
    },
    async refresh() {
      if (!store.get().info) return;
      const [info, { policy }] = await Promise.all([ask("info", {}), ask("policyInForce", {})]);
      store.update((state) => acted(withPolicy(withInfo(state, info), policy)));
      if (info.clock !== undefined && clockSaidIn !== info.case) {
        clockSaidIn = info.case;
        session.say(`${info.clock}.`);
      }
    },
  };
  return session;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }): ReactNode {
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("No session above this component");
  return session;
}

/** One piece of the state. `select` must give the same reference while nothing changed: pick, do not build. */
export function useShared<T>(select: (state: State) => T): T {
  const { store } = useSession();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export function usePlace(): Place {
  return useShared((state) => state.history.here);
}

/** Why nothing may be written, or undefined: `enabled` and `why` of every command that writes. */
export function useReadOnly(): string | undefined {
  return useShared((state) => state.readOnlyWhy);
}

/** The names that places of the day need: cutoff and as-of, from the policy in force. */
export function usePolicyTimes(): { readonly cutoff?: string; readonly asOf?: string } {
  const policy = useShared((state) => state.policy);
  return useMemo(() => {
    const starts = policy?.rules.map((rule) => Date.parse(rule.effective_from) + rule.grace_days * 86_400_000) ?? [];
    return {
      ...(starts.length > 0 ? { cutoff: new Date(Math.min(...starts)).toISOString() } : {}),
      ...(policy?.as_of === undefined ? {} : { asOf: new Date(endOf(policy.as_of) / 1000).toISOString() }),
    };
  }, [policy]);
}
